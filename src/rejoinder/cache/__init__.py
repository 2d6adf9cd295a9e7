"""Values that may vanish at any time: read from PostgreSQL, kept for at most 30 seconds.

They are kept in the process, or in Redis when several processes serve.
Whoever keeps a value names the events that change it; a drop is never overtaken by an older value.
"""
