"""Finding persons by a text, newest first, without reading them all.

Looking into the newest one by one is cheap for a text that many have, the indexes for one that few
have.
"""

import re
from typing import Final

from rejoinder.db.pool import Queryable
from rejoinder.people import queries
from rejoinder.people.types import Person, Wanted

_LONGEST: Final = 200
_NEWEST: Final = 1_000
# So many are taken from each index at most, in no particular order.
_CANDIDATES: Final = 2_000
# What a trigram index can look up, whatever the database's locale takes for letters.
_INDEXED: Final = re.compile(r"[A-Za-z0-9]{3}")
_SPECIAL: Final = re.compile(r"([\\%_])")


def wanted(given: str) -> Wanted:
    """What to look for; each character is meant literally."""
    text = given.strip()
    pattern = "%" + _SPECIAL.sub(r"\\\1", text) + "%"
    return Wanted(pattern, text, _INDEXED.search(text) is not None)


async def find(
    db: Queryable, project_id: int, text: str, *, limit: int, offset: int
) -> list[Person]:
    """Those whose name or e-mail address contains the text, or one of whose ids begins with it.

    Some are missed only where more than 2,000 match, or where the text has no three letters in a
    row: the newest 1,000 are looked into for that.
    """
    if len(text) > _LONGEST:
        return []
    looked_for = wanted(text)
    newest = await queries.search_newest(db, project_id, looked_for, _NEWEST, limit, offset)
    if len(newest) == limit:
        return newest
    args = (looked_for, _NEWEST, _CANDIDATES, limit, offset)
    return await queries.search_all(db, project_id, *args)
