"""Rejoinder: a self-hosted customer-conversations server."""
