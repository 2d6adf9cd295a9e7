"""The HTTP kit: strict input, one error envelope, paging, limits, idempotency, OpenAPI.

It knows no domain: no tickets, no users. Routes above import it, it imports none of them.
"""
