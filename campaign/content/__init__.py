"""The model of all that an editor can write: each field described once, and how values are read."""
