"""Passwords that people read from a screen and type."""

import secrets
from typing import Final

# Neither 0 and o nor 1, i and l: they look alike.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 4
_GROUP: Final = 5


def generated_password() -> str:
    """Twenty random letters and digits, a little under 100 bits, in groups of five."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )
