"""Every change of a ticket, one function per intention. What changes nothing says nothing."""
