"""What waits to be sorted into an index of tickets is little, for it is one creation that sorts."""

import pytest

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement

_OPTIONS = Statement("SELECT reloptions FROM pg_class WHERE oid = $1::text::regclass")


@pytest.mark.parametrize("index", ["tickets_text", "tickets_tags"])
async def test_the_list_before_an_index_is_short(database: Database, index: str) -> None:
    assert await database.value(_OPTIONS, index) == ["gin_pending_list_limit=1024"]
