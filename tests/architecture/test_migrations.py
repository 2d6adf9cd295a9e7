"""Migrations are numbered one by one, so that everybody's next one has its place."""

from rejoinder.db.migrate import available


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = [int(name.partition("_")[0]) for name in available()]

    assert numbers == list(range(1, len(numbers) + 1))
