"""The command line: serve, worker, migrate, admin, demo, doctor."""
