"""`/api/password_reset/`: a new password for whoever reads the mail of an address."""

from litestar import Response, Router, post
from litestar.params import JSONBody

from rejoinder.auth import commands, queries, rules
from rejoinder.auth.guards import TeamRequest
from rejoinder.auth.me import signed_in
from rejoinder.auth.passwords import checked
from rejoinder.auth.reset import SEND_PASSWORD_RESET, ResetWanted
from rejoinder.auth.types import STRANGER
from rejoinder.auth.wire import ConfirmBody, Me, Requested, ResetBody
from rejoinder.ids import digest
from rejoinder.jobs.queue import enqueue
from rejoinder.jobs.types import NewJob
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of


@post(
    "/",
    status_code=202,
    summary="Ask for a new password",
    responses=errors_of(400, 403, 415, 429),
)
async def request_reset(request: TeamRequest, data: JSONBody[ResetBody]) -> Response[Requested]:
    """Mails a link, good for an hour, if somebody has the address; the answer never tells."""
    request.sessions.check_origin(request)
    email = data.email.strip()
    await request.limits.hit("login_address", request.device.address)
    await request.limits.hit("password_reset", email.lower())
    await enqueue(request.database, NewJob(SEND_PASSWORD_RESET, ResetWanted(email)))
    return answer(Requested(), 202)


@post(
    "/confirm",
    status_code=200,
    summary="Choose a new password",
    responses=errors_of(400, 403, 415, 429),
)
async def confirm_reset(request: TeamRequest, data: JSONBody[ConfirmBody]) -> Response[Me]:
    """Works once. Every session of the user ends, and a new one begins."""
    request.sessions.check_origin(request)
    await request.limits.hit("login_address", request.device.address)
    password = checked(data.password)
    # Whoever has no token does not make us hash.
    if await queries.user_of_reset(request.database, digest(data.token)) is None:
        raise rules.spent_token()
    password_hash = await request.passwords.hash(password)
    async with request.work.begin(STRANGER) as tx:
        user_id = await commands.redeem_reset(tx, data.token, password_hash)
        session = await commands.start_session(tx, user_id, request.device, request.sessions.life)
    return await signed_in(request, user_id, session)


router = Router(
    "/api/password_reset",
    route_handlers=[request_reset, confirm_reset],
    tags=["signing in"],
    security=[{}],
)
