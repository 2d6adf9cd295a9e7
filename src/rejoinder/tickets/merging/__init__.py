"""Which tickets are merged into which: a link that can be undone, and moves no message.

Each customer goes on reading one thread only: the own one.
"""
