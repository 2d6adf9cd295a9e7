"""The persons API under `/api/projects/:project_id/persons/`."""

from uuid import UUID

from litestar import Response, Router, get, patch, post
from litestar.params import FromPath, JSONBody

from rejoinder.auth.guards import TeamRequest, requires
from rejoinder.people import access, commands, finding, queries
from rejoinder.people.types import Person
from rejoinder.people.wire import EditPerson, PersonOut, PersonPage, UpsertPerson, person_out
from rejoinder.web.answer import answer
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import Slice, page_links, slice_of
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
        {"search": Parameter("A part of a name or e-mail address, or how a distinct id begins.")},
    ),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_persons(request: TeamRequest) -> Response[PersonPage]:
    """Newest first; by `distinct_id` the one it belongs to, by `email` those who have it."""
    part = slice_of(request)
    people = await _wanted(request, part)
    links = page_links(request, part, has_next=len(people) == part.limit)
    return answer(PersonPage(links.next, links.previous, list(map(person_out, people))))


async def _wanted(request: TeamRequest, part: Slice) -> list[Person]:
    """What is most exact of that which was given decides."""
    project_id, db, given = request.caller.project_id, request.database, request.query
    if distinct_id := given.get("distinct_id"):
        found = await queries.person_by_distinct_id(db, project_id, distinct_id)
        return [found] if found and not part.offset else []
    text = given.get("search", "").strip()
    if text and not given.get("email"):
        return await finding.find(db, project_id, text, limit=part.limit, offset=part.offset)
    return await queries.page(db, project_id, given.get("email"), part.limit, part.offset)


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


@patch(
    "/{person_id:uuid}",
    guards=[requires("ticket:write")],
    summary="Edit a person",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def edit_person(
    request: TeamRequest, person_id: FromPath[UUID], data: JSONBody[EditPerson]
) -> Response[PersonOut]:
    """Sets what is given and leaves the rest; a null unsets a property.

    `name` in the answer is what names a person on the wire: their e-mail address, if they have one.
    """
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        person = await access.locked_person(tx, person_id)
        return await respond(person_out(await commands.edit(tx, person, data.changes())))


router = Router(
    "/api/projects/{project_id:str}/persons",
    route_handlers=[list_persons, upsert_person, retrieve_person, edit_person],
    tags=["persons"],
)
