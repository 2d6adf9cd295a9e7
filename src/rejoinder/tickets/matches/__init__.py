"""Where a ticket has the text that a search was for.

The list finds tickets; this shows for the few that are seen why each of them was found.
"""
