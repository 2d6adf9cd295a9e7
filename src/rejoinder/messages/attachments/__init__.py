"""Files in messages: what is kept of an upload, who may put it where, and how it is shown.

The bytes lie in a file store under random keys. They leave it as downloads or as safe images only,
at signed addresses that end soon.
"""
