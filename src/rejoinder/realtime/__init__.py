"""The event log for programs that follow it: pages, long polls and streams.

A stream is a reader of the log like any other: what it misses it reads again from its position.
Announcements only say that looking is worth while; nothing is delivered that is not in the log.
"""
