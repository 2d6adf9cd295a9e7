"""Persons: who writes to us, known by one or more distinct ids.

A distinct id belongs to at most one person of a project; linking two persons merges them.
"""
