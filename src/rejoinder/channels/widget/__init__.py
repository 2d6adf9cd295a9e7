"""The widget on customers' pages: its public API, polled by browsers that we did not write.

Who may see a ticket is one predicate, `rules.ownership.owns`. What polls read is remembered until
something it was made of is announced, so that a poll with nothing new costs no query.
"""
