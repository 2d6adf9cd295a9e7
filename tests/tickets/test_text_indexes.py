"""What is rare is looked up first: in indexes of texts and tags, the project comes last."""

import pytest

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement

_COLUMNS = Statement("""
SELECT array_agg(pg_get_indexdef(indexrelid, place, true) ORDER BY place)
FROM pg_index, generate_series(1, indnatts) AS place
WHERE indexrelid = $1::text::regclass
""")


@pytest.mark.parametrize("index", ["messages_text", "tickets_text", "tickets_tags", "persons_text"])
async def test_the_project_comes_last(database: Database, index: str) -> None:
    _, last = await database.value(_COLUMNS, index)

    assert last == "project_id"
