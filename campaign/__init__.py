"""A generator of campaign sites: content files in, a static site out.

Data flows one way, and modules import downwards only::

    content files → reading → model → (check) → routes → theme → site

`plugin` and `commands` are the shell: they alone know Pelican, processes and git.
"""
