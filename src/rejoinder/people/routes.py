"""The persons API under `/api/projects/:project_id/persons/`."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.people import access, commands, queries
from rejoinder.people.wire import PersonOut, PersonPage, UpsertPerson, person_out
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import page_links, slice_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, LIMIT, OFFSET, Parameter, reads


@get(
    "/",
    guards=[requires("ticket:read")],
    summary="List persons",
    operation_class=reads(
        LIMIT,
        OFFSET,
        {"distinct_id": Parameter("The person it belongs to.")},
        {"email": Parameter("Those whose `email` property it is, in any case.")},
    ),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_persons(request: TeamRequest) -> Response[PersonPage]:
    """Newest first; by `distinct_id` the one it belongs to, by `email` those who have it."""
    project_id = request.caller.project_id
    given = request.query
    part = slice_of(request)
    if distinct_id := given.get("distinct_id"):
        found = await queries.person_by_distinct_id(request.database, project_id, distinct_id)
        people = [found] if found and not part.offset else []
    else:
        people = await queries.page(
            request.database, project_id, given.get("email"), part.limit, part.offset
        )
    links = page_links(request, part, has_next=len(people) == part.limit)
    return answer(PersonPage(links.next, links.previous, list(map(person_out, people))))


@post(
    "/",
    guards=[requires("ticket:write")],
    summary="Create or change a person",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def upsert_person(request: TeamRequest, data: JSONBody[UpsertPerson]) -> Response[PersonOut]:
    """The person with this distinct id, created if unknown, `properties` merged in."""
    ids = [data.distinct_id, *data.distinct_ids]
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        person = await commands.upsert(tx, ids, data.properties, is_identified=data.is_identified)
        return await respond(person_out(person), 201)


@get(
    "/{person_id:uuid}",
    guards=[requires("ticket:read")],
    summary="Retrieve a person",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_person(request: TeamRequest, person_id: FromPath[UUID]) -> Response[PersonOut]:
    """One person by its UUID."""
    person = await access.person(request.database, request.caller.project_id, person_id)
    return answer(person_out(person))


router = Router(
    "/api/projects/{project_id:str}/persons",
    route_handlers=[list_persons, upsert_person, retrieve_person],
    tags=["persons"],
)
