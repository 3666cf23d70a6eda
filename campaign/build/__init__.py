"""Making the site: what templates can use, how they are translated, and what of the old site stays."""
