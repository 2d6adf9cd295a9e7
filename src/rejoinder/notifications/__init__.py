"""Who is told what: teammates in their inbox and by mail, and the way out through SMTP.

A notification concerns one teammate; it is made by a reaction, mailed by a job, and read by that
teammate alone. Addresses that want to hear of new tickets get mail, and no more than they can bear.
"""
