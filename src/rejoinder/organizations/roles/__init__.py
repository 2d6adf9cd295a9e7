"""Roles: groups of members that tickets can be assigned to."""
