"""Values in the text format of COPY, and ids that are in the order of their times."""

from datetime import UTC, datetime, timedelta
from typing import Final

from rejoinder.cli.demo.dice import Dice

NULL: Final = "\\N"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_VERSION_7: Final = 7 << 76
_VARIANT: Final = 2 << 62
_RANDOM_BELOW_VERSION: Final = 0xFFF << 64
_RANDOM_BELOW_VARIANT: Final = (1 << 62) - 1


def escaped(text: str) -> str:
    """Text that has line breaks, but neither tabs nor backslashes: our phrases have none."""
    return text.replace("\n", "\\n")


def array(values: list[str]) -> str:
    """An array of words that need no quoting."""
    return "{" + ",".join(values) + "}"


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def timestamp(at: int) -> str:
    """`at` is in microseconds since 1970."""
    return (EPOCH + timedelta(microseconds=at)).isoformat()


def uuid7(at: int, dice: Dice) -> str:
    """Like `ids.new_id`, but of a time of our choosing and repeatable."""
    bits = dice.bits(76)
    low = bits & (_RANDOM_BELOW_VERSION | _RANDOM_BELOW_VARIANT)
    return f"{at // 1000 << 80 | _VERSION_7 | _VARIANT | low:032x}"
