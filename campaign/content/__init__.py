"""What an editor can write: the model of it, each field described once, and how values are read."""
