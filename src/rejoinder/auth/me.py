"""The answer to whoever is, or has just been, signed in."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response

from rejoinder.auth import queries
from rejoinder.auth.guards import TeamRequest
from rejoinder.auth.types import NewSession, Place
from rejoinder.auth.wire import Me, OrganizationOfMe, ProjectOfMe
from rejoinder.web.answer import answer


async def signed_in(request: TeamRequest, user_id: int, session: NewSession) -> Response[Me]:
    """Me, with the cookie of a session that has just begun."""
    found = await _me(request, user_id, session.id)
    return answer(found, headers=request.sessions.cookie(request, session.token))


async def me(request: TeamRequest) -> Response[Me]:
    """Me, behind a guard. A session's cookie is renewed."""
    grant = request.grant
    if not grant.is_session:
        return answer(await _me(request, grant.user_id, None, grant.limited_to))
    headers = request.sessions.cookie(request, request.sessions.token_in(request))
    return answer(await _me(request, grant.user_id, grant.credential_id), headers=headers)


async def _me(
    request: TeamRequest,
    user_id: int,
    session_id: UUID | None,
    limited_to: Sequence[int] = (),
) -> Me:
    profile = await queries.profile(request.database, user_id)
    places = await queries.places(request.database, user_id)
    return Me(
        id=profile.id,
        email=profile.email,
        first_name=profile.first_name,
        last_name=profile.last_name,
        csrf_token=request.sessions.csrf_token(session_id) if session_id else "",
        preferences=profile.preferences,
        session_id=session_id,
        organizations=[_organization(place, limited_to) for place in places],
    )


def _organization(place: Place, limited_to: Sequence[int]) -> OrganizationOfMe:
    projects = zip(place.project_ids, place.project_names, strict=True)
    shown = [ProjectOfMe(*each) for each in projects if not limited_to or each[0] in limited_to]
    return OrganizationOfMe(place.id, place.name, place.level, shown)
