"""`rejoinder upgrade --check`: pending migrations on a copy of the database, before it counts."""
