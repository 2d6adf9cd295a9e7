"""Search: a number finds its ticket, any other text the tickets that contain it somewhere."""

import re
from typing import Final, NamedTuple

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"#?([0-9]{1,18})")
# Three letters or digits in a row are what a trigram index can look up. Of which other scripts it
# knows the letters depends on the database's locale.
_INDEXED: Final = re.compile(r"[A-Za-z0-9]{3}")


class Text(NamedTuple):
    """What is wanted, as a LIKE pattern too, and whether the text's index can find candidates."""

    plain: str
    pattern: str
    indexed: bool


def number(given: str) -> int | None:
    """The ticket number that is meant, if it is one."""
    match = _NUMBER.fullmatch(given.strip())
    return int(match[1]) if match else None


def text(given: str) -> Text | None:
    """What to look for; None when it is a number, empty, or too long to be meant."""
    wanted = given.strip()
    if not 0 < len(wanted) <= _LONGEST or number(wanted) is not None:
        return None
    return Text(wanted, like(wanted), _INDEXED.search(wanted) is not None)


def like(given: str) -> str:
    """A LIKE pattern that finds `given` anywhere, each of its characters meant literally."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", given) + "%"
