"""Who is calling: users, personal API keys and their scopes, as a `Caller`.

A guard stands beside each route and names the scope it needs.
Secrets are stored as hashes; what is cached here is dropped when a key or membership changes.
"""
