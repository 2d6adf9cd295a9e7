"""Splitting: some of a ticket's messages become a ticket of their own, with the same customer."""
