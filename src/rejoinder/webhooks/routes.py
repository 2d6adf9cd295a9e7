"""The webhook API under `/api/projects/:project_id/webhooks/`, for owners and admins."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from litestar import Response, Router, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from rejoinder.auth.guards import TeamRequest, administrates, requires
from rejoinder.errors import Invalid, NotFound
from rejoinder.web.answer import answer
from rejoinder.web.egress.client import Call, Egress
from rejoinder.web.egress.errors import EgressError
from rejoinder.web.idempotency import transaction
from rejoinder.web.openapi import errors_of
from rejoinder.web.paging import Page, cursor_link, decode_cursor, encode_cursor, slice_of
from rejoinder.web.parameters import IDEMPOTENCY_KEY, LIMIT, Parameter, reads
from rejoinder.webhooks import access, commands, filters, queries, rules
from rejoinder.webhooks.sent import sent
from rejoinder.webhooks.types import Delivery, Key, Webhook
from rejoinder.webhooks.wire import (
    DeliveryDetail,
    DeliveryPage,
    NewSecretOut,
    NewWebhookOut,
    Queued,
    RangeBody,
    WebhookBody,
    WebhookOut,
    WebhookPatch,
    delivery_out,
    secret_out,
    webhook_out,
)

_READS: Final = [requires("ticket:read"), administrates]
_CHANGES: Final = [requires("ticket:write"), administrates]
_DELIVERIES: Final = {
    "cursor": Parameter("Where the page before ended; `next` holds it."),
    "state": Parameter("`pending`, `delivered` or `withheld`."),
    "event_type": Parameter("One type of events."),
    "ticket": Parameter("The events of the ticket with this id."),
}


@get(
    "/",
    guards=_READS,
    summary="List webhooks",
    responses=errors_of(401, 403, 404, 429),
)
async def list_webhooks(request: TeamRequest) -> Response[Page[WebhookOut]]:
    """All of them: there are never many."""
    project_id = request.caller.project_id
    found = await queries.webhooks(request.database, project_id)
    secrets = await queries.secrets_of_all(request.database, project_id)
    shown = [webhook_out(each, [s for s in secrets if s.webhook_id == each.id]) for each in found]
    return answer(Page(len(shown), None, None, shown))


@post(
    "/",
    guards=_CHANGES,
    summary="Create a webhook",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def create_webhook(
    request: TeamRequest, data: JSONBody[WebhookBody], egress: NamedDependency[Egress]
) -> Response[NewWebhookOut]:
    """Sends what happens from now on. The secret in the answer is shown this once."""
    await _check(egress, request.caller.project_id, data.url)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        webhook, secret = await commands.create(tx, data.wanted())
        return await respond(NewWebhookOut(webhook_out(webhook, [secret]), secret.secret), 201)


@get(
    "/{webhook_id:uuid}",
    guards=_READS,
    summary="Retrieve a webhook",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_webhook(
    request: TeamRequest, webhook_id: FromPath[UUID]
) -> Response[WebhookOut]:
    """The webhook, and which secrets sign."""
    webhook = await _webhook(request, webhook_id)
    key = Key(request.caller.project_id, webhook_id)
    return answer(webhook_out(webhook, await queries.webhook_secrets(request.database, key)))


@patch(
    "/{webhook_id:uuid}",
    guards=_CHANGES,
    summary="Change a webhook",
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def change_webhook(
    request: TeamRequest,
    webhook_id: FromPath[UUID],
    data: JSONBody[WebhookPatch],
    egress: NamedDependency[Egress],
) -> Response[WebhookOut]:
    """Enabled again, a webhook goes on where it stopped."""
    if data.url is not UNSET:
        await _check(egress, request.caller.project_id, data.url)
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        webhook = await access.locked_webhook(tx, webhook_id)
        changed = await commands.change(tx, webhook, data.on(webhook))
        secrets = await queries.webhook_secrets(tx, Key(tx.project_id, webhook_id))
        return await respond(webhook_out(changed, secrets))


@delete(
    "/{webhook_id:uuid}",
    guards=_CHANGES,
    summary="Delete a webhook",
    responses=errors_of(401, 403, 404, 429),
)
async def delete_webhook(request: TeamRequest, webhook_id: FromPath[UUID]) -> None:
    """With everything that is still to be sent to it."""
    async with request.work.begin(request.caller.actor) as tx:
        await commands.remove(tx, await access.locked_webhook(tx, webhook_id))


@post(
    "/{webhook_id:uuid}/rotate_secret",
    guards=_CHANGES,
    status_code=200,
    summary="Rotate a webhook's secret",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, 429),
)
async def rotate_secret(request: TeamRequest, webhook_id: FromPath[UUID]) -> Response[NewSecretOut]:
    """A new secret, shown this once. The one before signs, too, for another 24 hours."""
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        webhook = await access.locked_webhook(tx, webhook_id)
        return await respond(secret_out(await commands.rotate_secret(tx, webhook)))


@delete(
    "/{webhook_id:uuid}/secrets/{secret_id:uuid}",
    guards=_CHANGES,
    summary="Delete a former secret",
    responses=errors_of(401, 403, 404, 429),
)
async def delete_secret(
    request: TeamRequest, webhook_id: FromPath[UUID], secret_id: FromPath[UUID]
) -> None:
    """Ends the overlap of a rotation early."""
    async with request.work.begin(request.caller.actor) as tx:
        webhook = await access.locked_webhook(tx, webhook_id)
        await commands.remove_secret(tx, webhook, secret_id)


@post(
    "/{webhook_id:uuid}/test",
    guards=_CHANGES,
    status_code=202,
    summary="Send a test event",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, 429),
)
async def test_webhook(request: TeamRequest, webhook_id: FromPath[UUID]) -> Response[Queued]:
    """An event of type `webhook.test`, for this webhook alone. What came of it is a delivery."""
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        await commands.test(tx, await access.locked_webhook(tx, webhook_id))
        return await respond(Queued(1), 202)


@get(
    "/{webhook_id:uuid}/deliveries",
    guards=_READS,
    summary="List deliveries",
    operation_class=reads(LIMIT, _DELIVERIES),
    responses=errors_of(400, 401, 403, 404, 429),
)
async def list_deliveries(
    request: TeamRequest, webhook_id: FromPath[UUID]
) -> Response[DeliveryPage]:
    """The newest events first, each with what the receiver answered last. Kept for 30 days."""
    await _webhook(request, webhook_id)
    limit = slice_of(request).limit
    where = filters.clauses(request.query)
    if cursor := request.query.get("cursor"):
        where.append(filters.before(decode_cursor(cursor, tuple[UUID])[0]))
    key = Key(request.caller.project_id, webhook_id)
    found = await queries.deliveries(request.database, key, where, limit + 1)
    return answer(_page(request, found, limit))


@get(
    "/{webhook_id:uuid}/deliveries/{delivery_id:uuid}",
    guards=_READS,
    summary="Retrieve a delivery",
    responses=errors_of(401, 403, 404, 429),
)
async def retrieve_delivery(
    request: TeamRequest, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> Response[DeliveryDetail]:
    """What is sent, and what the receiver answered last."""
    webhook = await _webhook(request, webhook_id)
    key = Key(request.caller.project_id, webhook_id)
    delivery = await queries.delivery(request.database, key, delivery_id)
    due = await queries.sent_as(request.database, key, delivery_id)
    if delivery is None or due is None:
        raise NotFound
    is_shown = not (webhook.public_only and rules.is_private(due.type))
    body = sent(key.project_id, due) if is_shown else None
    return answer(DeliveryDetail(delivery_out(delivery), body))


@post(
    "/{webhook_id:uuid}/deliveries/{delivery_id:uuid}/redeliver",
    guards=_CHANGES,
    status_code=202,
    summary="Send an event again",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(401, 403, 404, 409, 422, 429),
)
async def redeliver(
    request: TeamRequest, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> Response[Queued]:
    """With the id that it had, so that the receiver can tell."""
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        webhook = await access.locked_webhook(tx, webhook_id)
        return await respond(Queued(await commands.redeliver(tx, webhook, delivery_id)), 202)


@post(
    "/{webhook_id:uuid}/redeliver",
    guards=_CHANGES,
    status_code=202,
    summary="Send a range of events again",
    operation_class=reads(IDEMPOTENCY_KEY),
    responses=errors_of(400, 401, 403, 404, 409, 415, 422, 429),
)
async def redeliver_range(
    request: TeamRequest, webhook_id: FromPath[UUID], data: JSONBody[RangeBody]
) -> Response[Queued]:
    """Everything that happened in a time, also before the webhook was there: 10,000 at most."""
    begin, end = data.times()
    async with transaction(request, request.work, request.caller.actor) as (tx, respond):
        webhook = await access.locked_webhook(tx, webhook_id)
        count = await commands.redeliver_range(tx, webhook, begin, end)
        return await respond(Queued(count), 202)


async def _webhook(request: TeamRequest, webhook_id: UUID) -> Webhook:
    return await access.webhook(request.database, request.caller.project_id, webhook_id)


async def _check(egress: Egress, project_id: int, url: str) -> None:
    """Checked here so that whoever enters it hears of it; checked again whenever it is called."""
    try:
        await egress.check(Call(purpose="webhook", project_id=project_id, url=url))
    except EgressError as error:
        raise Invalid(str(error), attr="url") from None


def _page(request: TeamRequest, found: Sequence[Delivery], limit: int) -> DeliveryPage:
    shown = found[:limit]
    cursor = encode_cursor([shown[-1].event_id]) if len(found) > limit else None
    return DeliveryPage(cursor_link(request, cursor), [delivery_out(each) for each in shown])


def router(egress: Egress) -> Router:
    return Router(
        "/api/projects/{project_id:str}/webhooks",
        route_handlers=[
            list_webhooks,
            create_webhook,
            retrieve_webhook,
            change_webhook,
            delete_webhook,
            rotate_secret,
            delete_secret,
            test_webhook,
            list_deliveries,
            retrieve_delivery,
            redeliver,
            redeliver_range,
        ],
        dependencies={"egress": Provide(lambda: egress, sync_to_thread=False)},
        tags=["webhooks"],
    )
