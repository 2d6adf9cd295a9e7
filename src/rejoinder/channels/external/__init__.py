"""The ticket API for other systems' workflows: one ticket, opened by the project's secret.

The former secret opens it, too, until the overlap of a rotation is ended.
What is changed here is recorded as the work of the key `external`, so that nothing answers itself.
"""
