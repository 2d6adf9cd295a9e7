"""What the routes about members take and answer."""

from datetime import datetime

from msgspec import Struct

from rejoinder.auth.types import Level
from rejoinder.organizations.members.types import Member, Teammate, TeamRole


class UserOut(Struct, frozen=True):
    """A teammate."""

    id: int
    email: str
    first_name: str
    last_name: str


class MemberOut(Struct, frozen=True):
    """A teammate in an organization."""

    user: UserOut
    level: Level
    joined_at: datetime
    last_seen_at: datetime | None


class MemberList(Struct, frozen=True):
    """Everybody who belongs to the organization, the earliest first."""

    results: list[MemberOut]


class LevelBody(Struct, frozen=True):
    """What the member may do from now on."""

    level: Level


class Team(Struct, frozen=True):
    """Who can be assigned and mentioned in a project."""

    users: list[Teammate]
    roles: list[TeamRole]


def member_out(member: Member) -> MemberOut:
    user = UserOut(member.user_id, member.email, member.first_name, member.last_name)
    return MemberOut(user, member.level, member.joined_at, member.last_seen_at)
