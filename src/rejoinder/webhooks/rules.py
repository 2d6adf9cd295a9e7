"""Pure decisions about webhooks: what may leave, how it is signed, when it is tried again."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from rejoinder.errors import Invalid

SECRET_PREFIX: Final = "whsec_"  # noqa: S105  a prefix, not a secret
SECRET_LIFE: Final = timedelta(hours=24)
_SECRET_BYTES: Final = 32

# An allow-list: what is not named here stays inside, whatever else will be announced one day.
PUBLIC_SUBJECTS: Final = ("ticket", "message", "person")
PRIVATE_SUBJECTS: Final = ("note",)
_NOTICES: Final = ("webhook.disabled",)
_EVENT_TYPE: Final = re.compile(r"[a-z_]+\.[a-z_]+")

SCHEDULE: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    *[timedelta(hours=12)] * 4,
)
PATIENCE: Final = sum(SCHEDULE, start=timedelta())

_SUCCESS: Final = range(200, 300)
GONE: Final = 410

_UUID_TIME_BITS: Final = 80


def subjects(*, public_only: bool) -> Sequence[str]:
    """What the types of events that may be sent begin with."""
    return PUBLIC_SUBJECTS if public_only else PUBLIC_SUBJECTS + PRIVATE_SUBJECTS


def is_private(event_type: str) -> bool:
    return event_type.partition(".")[0] in PRIVATE_SUBJECTS


def checked_types(given: Sequence[str]) -> list[str]:
    """The event types, each once.

    Raises:
        Invalid: one is not of a kind that is ever sent.
    """
    for event_type in given:
        subject = event_type.partition(".")[0]
        is_sent = subject in PUBLIC_SUBJECTS + PRIVATE_SUBJECTS or event_type in _NOTICES
        if not (is_sent and _EVENT_TYPE.fullmatch(event_type)):
            message = f'"{event_type}" is not a valid choice.'
            raise Invalid(message, attr="event_types", code="invalid_choice")
    return list(dict.fromkeys(given))


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signature(keys: Sequence[str], message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature` of Standard Webhooks: one signature for each key."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join("v1," + _signed(key, signed) for key in keys)


def _signed(secret: str, text: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    return base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()


def is_taken(status: int) -> bool:
    """Whether the receiver says that it has the event."""
    return status in _SUCCESS


def pause(failures: int, failing_for: timedelta) -> timedelta | None:
    """How long to wait after so many failures in a row; None when it was tried for long enough.

    The time counts, not the number: a receiver that came back and left again is not given up
    any earlier.
    """
    if failing_for >= PATIENCE:
        return None
    return SCHEDULE[min(failures, len(SCHEDULE)) - 1]


def first_id_at(moment: datetime) -> UUID:
    """Below every id that was made at that moment or later."""
    return UUID(int=max(int(moment.timestamp() * 1000), 0) << _UUID_TIME_BITS)
