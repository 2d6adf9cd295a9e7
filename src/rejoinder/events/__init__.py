"""What happened: typed events, written in the transaction of the change they describe.

`work.begin(actor)` opens the only kind of transaction that commands accept.
The same rows are audit log, timeline, webhook source and realtime cursor.
"""
