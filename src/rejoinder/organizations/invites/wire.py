"""What the routes about invites take and answer."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, structs

from rejoinder.auth.types import Level
from rejoinder.auth.wire import Email, Name, Password
from rejoinder.organizations.invites.types import Invite


class InviteBody(Struct, frozen=True, kw_only=True):
    """Whom to invite, and what they may do."""

    email: Email
    level: Level = "agent"


class InviteOut(Struct, frozen=True):
    """An open invite; `created_by` is the inviting user's id."""

    id: UUID
    email: str
    level: Level
    created_at: datetime
    expires_at: datetime
    created_by: int | None


class NewInviteOut(InviteOut, frozen=True):
    """A new invite with its link, which is shown this once."""

    link: str


class InviteList(Struct, frozen=True):
    """The open invites of an organization, the earliest first."""

    results: list[InviteOut]


class InvitationOut(Struct, frozen=True):
    """What a link invites to. Whoever has an account signs in before they accept."""

    organization_name: str
    email: str
    level: Level
    needs_account: bool


class AcceptBody(Struct, frozen=True, kw_only=True):
    """For whoever has no account yet; others give nothing."""

    first_name: Name | UnsetType = UNSET
    last_name: Name = ""
    password: Password | UnsetType = UNSET


def invite_out(invite: Invite) -> InviteOut:
    return InviteOut(
        invite.id,
        invite.email,
        invite.level,
        invite.created_at,
        invite.expires_at,
        invite.created_by,
    )


def new_invite_out(invite: Invite, link: str) -> NewInviteOut:
    return NewInviteOut(**structs.asdict(invite_out(invite)), link=link)
