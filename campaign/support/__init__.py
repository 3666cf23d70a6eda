"""What a generator of any site needs, and that knows nothing of campaigns."""
