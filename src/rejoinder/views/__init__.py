"""Saved views: filters of the ticket list under a name, for the team or for one teammate.

A view is applied by turning what is stored into parameters of the list, which drops what it does
not know: however old a view is, it never breaks the list.
"""
