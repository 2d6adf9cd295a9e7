"""Background work: queued in the transaction of the change, retried alone, run at least once."""
