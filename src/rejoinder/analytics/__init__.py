"""Conversations as analytics events, `$conversation_*`, sent to a PostHog-compatible capture URL.

A reaction to the events of tickets and messages; nothing in the product depends on it.
"""
