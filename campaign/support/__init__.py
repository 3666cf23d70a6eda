"""Parts that a generator of any site needs, which know nothing of campaigns."""
