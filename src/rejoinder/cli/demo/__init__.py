"""`rejoinder demo`: believable tickets in any number, written by COPY.

What is written depends on the plan alone: the same seed and end give the same conversations.
Counters and the figures on each ticket agree with its messages, as if they had come in one by one.
"""
