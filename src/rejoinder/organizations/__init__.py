"""Organizations, their projects, memberships and roles, and each project's settings.

A project is the tenant: everything a customer or teammate sees belongs to exactly one.
"""
