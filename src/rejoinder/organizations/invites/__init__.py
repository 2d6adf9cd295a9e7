"""Invites: a link lets somebody join an organization, once, within seven days.

Only hashes of the links' tokens are stored; accepting deletes them with their invite.
"""
