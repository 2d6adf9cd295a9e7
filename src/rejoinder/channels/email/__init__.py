"""E-mail that the team sends: tickets it begins, and its replies on tickets of this channel.

Nothing comes in here yet. What goes out is mailed by a job for each message.
"""
