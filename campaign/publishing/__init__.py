"""From a built site to a published one: a commit on the branch that GitHub Pages serves, and its push.

`git` asks git and decides nothing, `rules` decides and asks nothing, `inspection` gathers the facts
for the rules, `files` are those to publish, and `publisher` commits and pushes them.
"""

BRANCH = "gh-pages"
REMOTE = "origin"
#: The file of a site's domain, which GitHub's settings write to the branch too.
DOMAIN_FILE = "CNAME"
