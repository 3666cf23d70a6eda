"""From files and rows to objects of the model, or to problems with path and line."""
