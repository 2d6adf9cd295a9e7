"""HTTP for messages: the ticket's thread, and the comments API over the same rows."""
