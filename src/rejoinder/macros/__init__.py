"""Macros: a text and changes of a ticket that a teammate applies at once.

They are applied by the inbox: it inserts the text and sends the changes. Here they are kept, for
the team or for one teammate. PostHog's wire calls them quick actions, too.
"""
