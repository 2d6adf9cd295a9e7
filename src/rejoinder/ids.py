"""Identifiers and secrets: how they are made, what they look like."""

import hashlib
import secrets
import string
from uuid import UUID

import uuid_utils

PERSONAL_KEY_PREFIX = "phx_"
PROJECT_TOKEN_PREFIX = "phc_"  # noqa: S105  a prefix, not a secret
PROJECT_SECRET_PREFIX = "phs_"  # noqa: S105
SESSION_PREFIX = "rjs_"
RESET_PREFIX = "rjp_"
INVITE_PREFIX = "rji_"

_ALPHABET = string.ascii_letters + string.digits


def new_id() -> UUID:
    """A time-ordered UUID (version 7), so that new rows land at the right edge of an index."""
    return UUID(int=uuid_utils.uuid7().int)


def new_token(prefix: str = "") -> str:
    """A secret of 256 random bits in URL-safe text, after `prefix`."""
    return prefix + secrets.token_urlsafe(32)


def new_short_id() -> str:
    """A name for URLs: 12 random letters and digits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def digest(secret: str) -> bytes:
    """What is stored of a random secret: its SHA-256. Passwords take Argon2id instead."""
    return hashlib.sha256(secret.encode()).digest()
