"""Events sent to other systems, signed, in the order of the log, and never lost.

A webhook is a reader of the log with a position of its own. What it is to be sent becomes a row,
a delivery, and stays one until the receiver has taken it. Nothing is announced to a webhook that
is not in the log, so everything can be sent again.
"""
