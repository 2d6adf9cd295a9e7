"""How many tickets a list has, or each of several in one statement.

An open inbox shows a number beside every view: nobody waits for them one by one, and none of them
counts further than it is shown.
"""
