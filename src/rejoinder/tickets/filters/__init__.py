"""The language of the ticket list: its conditions, dates, search and orders."""
