"""The benchmark: `python -m bench [--quick]` seeds once, loads every hot route and reports."""
