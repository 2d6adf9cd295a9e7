"""`rejoinder restore`: a backup put into an empty place, with what it would send held back.

Sessions end, and mails, webhooks and jobs wait for `rejoinder jobs release`: nobody can know which
of them were sent after the backup was made.
"""
