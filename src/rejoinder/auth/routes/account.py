"""`/api/users/@me/`: the caller's own account, and where they are signed in."""

from typing import Final
from uuid import UUID

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from rejoinder.auth import commands, queries
from rejoinder.auth.guards import TeamRequest, identifies
from rejoinder.auth.me import me
from rejoinder.auth.passwords import checked
from rejoinder.auth.wire import Ended, Me, PatchMe, SessionList, session_out
from rejoinder.errors import Invalid
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of

SESSION: Final = [{"session": list[str]()}]


@get("/", guards=[identifies()], summary="Retrieve the caller", responses=errors_of(401, 429))
async def retrieve_me(request: TeamRequest) -> Response[Me]:
    """Who the session or key belongs to, and what they see."""
    return await me(request)


@patch(
    "/",
    guards=[identifies(session_only=True)],
    summary="Change the caller",
    security=SESSION,
    responses=errors_of(400, 401, 403, 415, 429),
)
async def change_me(request: TeamRequest, data: JSONBody[PatchMe]) -> Response[Me]:
    """A new `password` needs the `current_password`; every other session then ends."""
    grant = request.grant
    password_hash = await _new_password(request, data)
    async with request.work.begin(request.user) as tx:
        await commands.change_profile(
            tx,
            grant.user_id,
            first_name=None if data.first_name is UNSET else data.first_name,
            last_name=None if data.last_name is UNSET else data.last_name,
            preferences=None if data.preferences is UNSET else data.preferences,
        )
        if password_hash is not None:
            await commands.change_password(
                tx, grant.user_id, password_hash, by="user", keep=grant.credential_id
            )
    return await me(request)


@get(
    "/sessions",
    guards=[identifies(session_only=True)],
    summary="List the caller's sessions",
    security=SESSION,
    responses=errors_of(401, 403, 429),
)
async def list_sessions(request: TeamRequest) -> Response[SessionList]:
    """Every browser that is signed in."""
    grant = request.grant
    found = await queries.sessions(request.database, grant.user_id, request.sessions.life)
    return answer(SessionList([session_out(each, grant.credential_id) for each in found]))


@delete(
    "/sessions/{session_id:uuid}",
    guards=[identifies(session_only=True)],
    summary="End a session",
    security=SESSION,
    responses=errors_of(401, 403, 404, 429),
)
async def end_session(request: TeamRequest, session_id: FromPath[UUID]) -> None:
    """That browser is signed out at once."""
    async with request.work.begin(request.user) as tx:
        await commands.end_session(tx, session_id, request.grant.user_id)


@post(
    "/sessions/end_others",
    guards=[identifies(session_only=True)],
    status_code=200,
    summary="End all other sessions",
    security=SESSION,
    responses=errors_of(401, 403, 429),
)
async def end_others(request: TeamRequest) -> Response[Ended]:
    """Every browser but this one is signed out at once."""
    grant = request.grant
    async with request.work.begin(request.user) as tx:
        count = await commands.end_sessions(tx, grant.user_id, but=grant.credential_id)
    return answer(Ended(count))


async def _new_password(request: TeamRequest, data: PatchMe) -> str | None:
    """The hash of the password that is wanted, if one is and the present one was given."""
    if data.password is UNSET:
        return None
    if data.current_password is UNSET:
        raise Invalid("This field is required.", attr="current_password", code="required")
    wanted, grant = checked(data.password), request.grant
    await request.limits.hit("login", f"{request.device.address}:{grant.email.lower()}")
    account = await queries.account(request.database, grant.user_id)
    verdict = await request.passwords.verify(account.password_hash, data.current_password)
    if not verdict.is_right:
        message = "This is not your present password."
        raise Invalid(message, attr="current_password", code="wrong_password")
    return await request.passwords.hash(wanted)


router = Router(
    "/api/users/@me",
    route_handlers=[retrieve_me, change_me, list_sessions, end_session, end_others],
    tags=["signing in"],
)
