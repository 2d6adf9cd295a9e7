"""HTTP for tickets: the list, one ticket, and the table of both."""
