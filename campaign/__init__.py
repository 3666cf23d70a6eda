"""A generator of campaign sites: content files in, a static site out.

A folder answers one question, and imports only from those below it::

    __main__, commands/   what a person can ask for
    publishing/           from a built site to a published one
    plugin                registers the generator with Pelican
    build/                making the site, as far as the old one lacks it
    checking              what must hold across files
    routes/               every page and file of the site
    importing/            events from elsewhere
    events/               what is made of events
    sharing/              messages, networks and links to pass a page on
    words, addresses      the theme's words, and addresses within the site
    reading/              files and rows become objects of the model, or problems
    content/              what an editor can write
    support/              nothing of campaigns

Data flows one way: content files → reading → model → checking → routes → build → site.
"""
