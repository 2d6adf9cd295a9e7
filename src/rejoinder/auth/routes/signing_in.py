"""`/api/login/` and `/api/logout/`: the only routes that ask for a password or for nothing."""

from contextlib import suppress

from litestar import Response, Router, post
from litestar.params import JSONBody

from rejoinder.auth import commands, queries
from rejoinder.auth.guards import TeamRequest
from rejoinder.auth.me import signed_in
from rejoinder.auth.types import STRANGER
from rejoinder.auth.wire import Me, SignInBody
from rejoinder.errors import NotFound, Unauthenticated
from rejoinder.events.event import INSTALLATION, Actor
from rejoinder.web.answer import answer
from rejoinder.web.openapi import errors_of


@post(
    "/login",
    status_code=200,
    summary="Sign in",
    responses=errors_of(400, 401, 403, 415, 429),
)
async def sign_in(request: TeamRequest, data: JSONBody[SignInBody]) -> Response[Me]:
    """Sets the session's cookie. A wrong password and an unknown address look alike."""
    request.sessions.check_origin(request)
    email, device = data.email.strip(), request.device
    await request.limits.hit("login_address", device.address)
    await request.limits.hit("login", f"{device.address}:{email.lower()}")
    account = await queries.account_by_email(request.database, email)
    kept = account.password_hash if account else None
    verdict = await request.passwords.verify(kept, data.password)
    if account is None or not verdict.is_right:
        async with request.work.begin(STRANGER) as tx:
            await commands.refuse_sign_in(tx, account and account.user_id, device)
        raise Unauthenticated("The address or the password is wrong.", code="invalid_credentials")
    actor = Actor(INSTALLATION, "user", str(account.user_id))
    async with request.work.begin(actor) as tx:
        session = await commands.start_session(
            tx, account.user_id, device, request.sessions.life, rehashed=verdict.rehashed
        )
    return await signed_in(request, account.user_id, session)


@post("/logout", status_code=204, summary="Sign out", responses=errors_of(403))
async def sign_out(request: TeamRequest) -> Response[None]:
    """Ends the session of the cookie, and does nothing when there is none."""
    token = request.sessions.token_in(request)
    grant = await request.credentials.session(request.database, token) if token else None
    if grant is not None:
        request.sessions.check(request, grant.credential_id)
        actor = Actor(INSTALLATION, "user", str(grant.user_id))
        with suppress(NotFound):
            async with request.work.begin(actor) as tx:
                await commands.end_session(tx, grant.credential_id, grant.user_id)
    return answer(None, 204, request.sessions.no_cookie(request))


router = Router("/api", route_handlers=[sign_in, sign_out], tags=["signing in"], security=[{}])
