"""PostgreSQL: the pool, the statements, the composer of filters and the migrations.

Everything above speaks to the database through `one`, `one_or_none`, `many`, `value` and `run`.
Statements live in `.sql` files; only literals ever become SQL.
"""
