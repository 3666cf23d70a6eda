"""Imports of events from elsewhere into `content/events.csv`: a module a format, the merge, and the table's writer.

Bytes in, values out: what is asked, locked and written is `campaign.commands.import_events`'s.
"""
