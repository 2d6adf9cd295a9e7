"""Every change of a webhook. Whether its address may be called was checked before."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from rejoinder.errors import Conflict, Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.ids import new_id
from rejoinder.webhooks import queries, rules
from rejoinder.webhooks.events import (
    WebhookChanged,
    WebhookCreated,
    WebhookDeleted,
    WebhookDisabled,
    WebhookRedelivered,
    WebhookSecretDeleted,
    WebhookSecretRotated,
    WebhookTested,
)
from rejoinder.webhooks.types import Key, NewWebhook, Secret, Webhook

MOST_WEBHOOKS: Final = 50
MOST_REDELIVERED: Final = 10_000
_MOST_SECRETS: Final = 5
# How far apart the clocks of a process and of the database may be.
_SKEW: Final = timedelta(hours=1)


async def create(tx: Tx, new: NewWebhook) -> tuple[Webhook, Secret]:
    """A webhook that is sent what happens from now on, and the key of its signatures.

    Raises:
        Invalid: an event type is none that is sent, or the project has too many webhooks.
    """
    if await queries.count_webhooks(tx, tx.project_id) >= MOST_WEBHOOKS:
        raise Invalid(f"A project has at most {MOST_WEBHOOKS} webhooks.")
    checked = msgspec.structs.replace(new, event_types=rules.checked_types(new.event_types))
    key = Key(tx.project_id, new_id())
    webhook = await queries.add_webhook(tx, key, checked)
    secret = await queries.add_webhook_secret(tx, key, new_id(), rules.new_secret())
    tx.emit(WebhookCreated(webhook_id=webhook.id, **_told(webhook)))
    return webhook, secret


async def change(tx: Tx, webhook: Webhook, wanted: NewWebhook) -> Webhook:
    """The webhook as wanted. Enabled again, it goes on where it stopped.

    Raises:
        Invalid: an event type is none that is sent.
    """
    checked = msgspec.structs.replace(wanted, event_types=rules.checked_types(wanted.event_types))
    fields = [
        field
        for field in NewWebhook.__struct_fields__
        if getattr(checked, field) != getattr(webhook, field)
    ]
    if not fields:
        return webhook
    key = Key(tx.project_id, webhook.id)
    if checked.enabled and not webhook.enabled:
        await queries.begin_anew(tx, key)
    before, after = _told(webhook), _told(checked)
    told = [field for field in fields if field in after]
    tx.emit(
        WebhookChanged(
            webhook_id=webhook.id,
            fields=fields,
            values={field: after[field] for field in told},
            previous={field: before[field] for field in told},
        )
    )
    return await queries.change_webhook(tx, key, checked)


async def disable(tx: Tx, webhook: Webhook, reason: str) -> None:
    """Nothing is sent any more until somebody enables it."""
    await queries.disable_webhook(tx, Key(tx.project_id, webhook.id), reason)
    tx.emit(WebhookDisabled(webhook_id=webhook.id, reason=reason))


async def remove(tx: Tx, webhook: Webhook) -> None:
    """The webhook is gone, with its secrets and deliveries."""
    await queries.remove_webhook(tx, Key(tx.project_id, webhook.id))
    tx.emit(WebhookDeleted(webhook_id=webhook.id))


async def rotate_secret(tx: Tx, webhook: Webhook) -> Secret:
    """A new secret; those before sign, too, until a day is over.

    Raises:
        Conflict: too many still do.
    """
    key = Key(tx.project_id, webhook.id)
    if len(await queries.webhook_secrets(tx, key)) >= _MOST_SECRETS:
        raise Conflict("Too many former secrets still sign. Delete one first.")
    await queries.retire_webhook_secrets(tx, key, rules.SECRET_LIFE)
    tx.emit(WebhookSecretRotated(webhook_id=webhook.id))
    return await queries.add_webhook_secret(tx, key, new_id(), rules.new_secret())


async def remove_secret(tx: Tx, webhook: Webhook, secret_id: UUID) -> None:
    """A former secret does not sign any more.

    Raises:
        NotFound: it is none; the present one cannot be removed.
    """
    if not await queries.remove_webhook_secret(tx, Key(tx.project_id, webhook.id), secret_id):
        raise NotFound
    tx.emit(WebhookSecretDeleted(webhook_id=webhook.id, secret_id=secret_id))


async def test(tx: Tx, webhook: Webhook) -> None:
    """An event that is sent to this webhook only.

    Raises:
        Conflict: nothing is sent to it.
    """
    _check_enabled(webhook)
    tx.emit(WebhookTested(webhook_id=webhook.id))


async def redeliver(tx: Tx, webhook: Webhook, event_id: UUID) -> int:
    """The event is sent once more, with the id it had.

    Raises:
        Conflict: nothing is sent to this webhook.
        NotFound: it was never to be sent there.
    """
    _check_enabled(webhook)
    if not await queries.redeliver(tx, Key(tx.project_id, webhook.id), event_id):
        raise NotFound
    tx.emit(WebhookRedelivered(webhook_id=webhook.id, count=1))
    return 1


async def redeliver_range(tx: Tx, webhook: Webhook, begin: datetime, end: datetime) -> int:
    """What happened from `begin` until before `end` is sent, once more or for the first time.

    Raises:
        Conflict: nothing is sent to this webhook.
        Invalid: that would be too much at once.
    """
    _check_enabled(webhook)
    ids = rules.first_id_at(begin - _SKEW), rules.first_id_at(end + _SKEW)
    subjects = rules.subjects(public_only=webhook.public_only)
    key = Key(tx.project_id, webhook.id)
    count = await queries.redeliver_range(
        tx, key, ids, (begin, end), subjects, MOST_REDELIVERED + 1
    )
    if count > MOST_REDELIVERED:
        message = f"These are more than {MOST_REDELIVERED} events. Give a shorter range."
        raise Invalid(message, attr="to")
    if count:
        tx.emit(WebhookRedelivered(webhook_id=webhook.id, count=count))
    return count


def _told(webhook: Webhook | NewWebhook) -> dict[str, Any]:
    """What everybody may know who reads the log. Addresses may hold secrets."""
    told = set(NewWebhook.__struct_fields__) - {"url"}
    return {field: getattr(webhook, field) for field in sorted(told)}


def _check_enabled(webhook: Webhook) -> None:
    if not webhook.enabled:
        raise Conflict("The webhook is disabled. Enable it first.", code="webhook_disabled")
