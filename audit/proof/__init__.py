"""Proves the checks themselves, by a site that is wrong in every way: `python -m pytest audit/proof`."""
