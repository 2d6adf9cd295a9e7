"""A teammate as the wire shows one who did something."""

from uuid import UUID

from msgspec import Struct


class BasicUser(Struct, frozen=True):
    """Users have numbers here; the UUID is the number in one."""

    id: int
    uuid: UUID
    distinct_id: str
    first_name: str
    last_name: str
    email: str


def basic_user(
    user_id: int | None, first_name: str | None, last_name: str | None, email: str | None
) -> BasicUser | None:
    """The user, if there is one still."""
    if user_id is None:
        return None
    return BasicUser(
        user_id, UUID(int=user_id), str(user_id), first_name or "", last_name or "", email or ""
    )
