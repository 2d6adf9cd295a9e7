"""`rejoinder admin`: organizations, projects, users, roles, keys and persons from the shell.

One module per noun; each command is a function that gets a `Work` and returns its answer.
What it changes is announced to running servers, so their caches drop at once.
"""
