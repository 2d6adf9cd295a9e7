"""Drafts: what a teammate has begun to write on a ticket and not sent yet.

Each teammate has one on a ticket, which only that teammate reads, so nothing announces it.
Sending does not remove it: who sends does.
"""
