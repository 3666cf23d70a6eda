"""Proves every page of a site with the field's own tools: valid, accessible, fast, private, reproducible.

`python -m audit` builds the shipped site for publishing, serves it under its project path and
prints a table. Each check is a module of `audit.checks` with one function, `check`, that takes a
`Site` and yields a `Finding` for each thing that is wrong.
"""
