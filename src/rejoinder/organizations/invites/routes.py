"""`/api/organizations/:id/invites/` for admins, `/api/invites/:token/` for whoever has a link."""

from typing import Final
from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from rejoinder.auth.commands import add_user, start_session
from rejoinder.auth.guards import TeamRequest, identifies, session_of
from rejoinder.auth.me import me, signed_in
from rejoinder.auth.passwords import checked
from rejoinder.auth.queries import user_by_email
from rejoinder.auth.types import STRANGER, User
from rejoinder.auth.wire import Me
from rejoinder.errors import Forbidden, Invalid
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import NewJob
from rejoinder.organizations.guards import administrates, belongs, membership
from rejoinder.organizations.invites import access, commands, queries
from rejoinder.organizations.invites.mail import SEND_INVITE, InviteWanted
from rejoinder.organizations.invites.types import Invitation
from rejoinder.organizations.invites.wire import (
    AcceptBody,
    InvitationOut,
    InviteBody,
    InviteList,
    NewInviteOut,
    invite_out,
    new_invite_out,
)
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of

_ADMINS: Final = [identifies("*"), belongs, administrates]


@get("/", guards=_ADMINS, summary="List invites", responses=errors_of(401, 403, 404, 429))
async def list_invites(
    request: TeamRequest, organization_id: FromPath[UUID]
) -> Response[InviteList]:
    """Those that are open."""
    found = await queries.invites(request.database, organization_id)
    return answer(InviteList([invite_out(invite) for invite in found]))


@post(
    "/",
    guards=_ADMINS,
    summary="Invite a teammate",
    responses=errors_of(400, 401, 403, 404, 415, 429),
)
async def create_invite(
    request: TeamRequest,
    organization_id: FromPath[UUID],  # noqa: ARG001  the guard has read it
    data: JSONBody[InviteBody],
) -> Response[NewInviteOut]:
    """Good for seven days. The link is shown this once, and is mailed where there is SMTP."""
    async with request.work.begin(request.user) as tx:
        invite, token = await commands.invite(tx, membership(request), data.email, data.level)
        await enqueue(tx, NewJob(SEND_INVITE, InviteWanted(invite.id)))
    return answer(new_invite_out(invite, f"{request.base_url_text}/invites/{token}"), 201)


@delete(
    "/{invite_id:uuid}",
    guards=_ADMINS,
    summary="Revoke an invite",
    responses=errors_of(401, 403, 404, 429),
)
async def revoke_invite(
    request: TeamRequest, organization_id: FromPath[UUID], invite_id: FromPath[UUID]
) -> None:
    """Its links let nobody in any more."""
    async with request.work.begin(request.user) as tx:
        await commands.revoke(tx, organization_id, invite_id)


@get("/", summary="Retrieve an invitation", responses=errors_of(404, 429))
async def retrieve_invitation(
    request: TeamRequest, token: FromPath[str]
) -> Response[InvitationOut]:
    """What the link invites to."""
    await request.limits.hit("login_address", request.device.address)
    found = await access.invitation(request.database, token)
    user = await user_by_email(request.database, found.email)
    return answer(InvitationOut(found.organization_name, found.email, found.level, user is None))


@post(
    "/accept",
    status_code=200,
    summary="Accept an invitation",
    responses=errors_of(400, 401, 403, 404, 415, 429),
)
async def accept_invitation(
    request: TeamRequest, token: FromPath[str], data: JSONBody[AcceptBody]
) -> Response[Me]:
    """With a name and password for a new account, or signed in with the invited address."""
    request.sessions.check_origin(request)
    await request.limits.hit("login_address", request.device.address)
    invitation = await access.invitation(request.database, token)
    user = await user_by_email(request.database, invitation.email)
    if user is not None:
        return await _join(request, invitation, user)
    return await _begin(request, invitation, data)


async def _join(request: TeamRequest, invitation: Invitation, user: User) -> Response[Me]:
    grant = await session_of(request)
    if grant.user_id != user.id:
        message = f"Sign in as {invitation.email} to accept this invitation."
        raise Forbidden(message, code="wrong_account")
    async with request.work.begin(request.user) as tx:
        await commands.accept(tx, invitation, user.id)
    return await me(request)


async def _begin(request: TeamRequest, invitation: Invitation, data: AcceptBody) -> Response[Me]:
    if data.first_name is UNSET or not data.first_name.strip():
        raise Invalid("This field is required.", attr="first_name", code="required")
    if data.password is UNSET:
        raise Invalid("This field is required.", attr="password", code="required")
    password_hash = await request.passwords.hash(checked(data.password))
    async with request.work.begin(STRANGER) as tx:
        user = await add_user(
            tx,
            invitation.email,
            password_hash,
            first_name=data.first_name.strip(),
            last_name=data.last_name.strip(),
        )
        await commands.accept(tx, invitation, user.id)
        session = await start_session(tx, user.id, request.device, request.sessions.life)
    return await signed_in(request, user.id, session)


router = Router(
    "/api/organizations/{organization_id:uuid}/invites",
    route_handlers=[list_invites, create_invite, revoke_invite],
    tags=["organizations"],
)
public_router = Router(
    "/api/invites/{token:str}",
    route_handlers=[retrieve_invitation, accept_invitation],
    tags=["signing in"],
    security=[{}],
)
