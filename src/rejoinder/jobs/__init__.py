"""Work that is done later: queued in the transaction of the change that asks for it.

A job is run at least once, by one worker at a time, and tried again until it succeeds or is given
up; so what it does must bear being done twice. The schedule consists of jobs that come back.
"""
