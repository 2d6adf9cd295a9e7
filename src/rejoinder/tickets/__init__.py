"""Tickets: number, status, priority, assignee, tags, snooze, SLA deadline, traits and read marks.

Every change is a command that runs under the ticket's row lock and keeps the project's counters.
"""
