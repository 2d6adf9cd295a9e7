"""Messages of a ticket: public ones and private notes.

Adding a public message stamps a unique, increasing time under the ticket's lock,
so that a reader's `after` cursor never skips one.
"""
