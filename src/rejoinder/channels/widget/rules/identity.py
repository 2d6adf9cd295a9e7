"""Proof of who somebody is: the page's server signs the distinct id with the project's secret."""

import hmac
from collections.abc import Sequence
from typing import Final

# The longest that a signed address may still be valid, with some room for clocks.
_LONGEST_S: Final = 24 * 3600 + 5 * 60
_MOST_DIGITS: Final = 12


def sign(secret: str, message: str) -> str:
    return hmac.digest(secret.encode(), message.encode(), "sha256").hex()


def is_proven(secrets: Sequence[str], distinct_id: str, given: str) -> bool:
    """Whether one of the secrets signs the distinct id like this."""
    return _is_signed(secrets, distinct_id, given)


def proven_email(
    secrets: Sequence[str], distinct_id: str, email: str, given: str, expiry: str, now: float
) -> str:
    """The address, lower-cased, if it was signed for this distinct id until a time near enough.

    A bad claim is worth nothing, but no error: the answer is empty.
    """
    address = email.strip().lower()
    if not (expiry.isascii() and expiry.isdigit() and len(expiry) <= _MOST_DIGITS):
        return ""
    if not now < int(expiry) <= now + _LONGEST_S:
        return ""
    claim = f"v1\0{distinct_id}\0email\0{address}\0{expiry}"
    return address if _is_signed(secrets, claim, given) else ""


def _is_signed(secrets: Sequence[str], message: str, given: str) -> bool:
    # Every secret is tried, so that the time taken does not tell which one fits.
    fits = [hmac.compare_digest(sign(key, message).encode(), given.encode()) for key in secrets]
    return any(fits)
