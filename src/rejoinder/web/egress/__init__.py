"""The one door for outgoing HTTP: webhooks, analytics, whatever channels fetch.

An address is resolved once, checked, and then connected to; redirects are not followed. Nothing
else in this code base opens an HTTP connection, and a test says so.
"""
