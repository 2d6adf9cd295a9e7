"""The statements of webhooks."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.db.sql import Clause, compose, load
from rejoinder.webhooks.types import (
    Delivery,
    Due,
    Key,
    NewWebhook,
    Outcome,
    Secret,
    SecretOfWebhook,
    Standing,
    Webhook,
)

sql = load(__package__)


async def add_webhook(db: Queryable, key: Key, new: NewWebhook) -> Webhook:
    return await db.one(Webhook, sql.add_webhook, key.project_id, key.id, *_fields(new))


async def count_webhooks(db: Queryable, project_id: int) -> int:
    return await db.value(sql.count_webhooks, project_id)


async def webhooks(db: Queryable, project_id: int) -> list[Webhook]:
    return await db.many(Webhook, sql.webhooks, project_id)


async def webhook(db: Queryable, project_id: int, webhook_id: UUID) -> Webhook | None:
    return await db.one_or_none(Webhook, sql.webhook, project_id, webhook_id)


async def locked_webhook(db: Queryable, project_id: int, webhook_id: UUID) -> Webhook | None:
    return await db.one_or_none(Webhook, sql.locked_webhook, project_id, webhook_id)


async def change_webhook(db: Queryable, key: Key, wanted: NewWebhook) -> Webhook:
    return await db.one(Webhook, sql.change_webhook, key.project_id, key.id, *_fields(wanted))


async def disable_webhook(db: Queryable, key: Key, reason: str) -> None:
    await db.run(sql.disable_webhook, key.project_id, key.id, reason)


async def remove_webhook(db: Queryable, key: Key) -> None:
    await db.run(sql.remove_webhook, key.project_id, key.id)


async def begin_anew(db: Queryable, key: Key) -> None:
    await db.run(sql.begin_anew, key.project_id, key.id)


async def add_webhook_secret(db: Queryable, key: Key, secret_id: UUID, secret: str) -> Secret:
    return await db.one(Secret, sql.add_webhook_secret, key.project_id, key.id, secret_id, secret)


async def webhook_secrets(db: Queryable, key: Key) -> list[Secret]:
    return await db.many(Secret, sql.webhook_secrets, key.project_id, key.id)


async def secrets_of_all(db: Queryable, project_id: int) -> list[SecretOfWebhook]:
    """The same of all the project's webhooks."""
    return await db.many(SecretOfWebhook, sql.secrets_of_all, project_id)


async def retire_webhook_secrets(db: Queryable, key: Key, life: timedelta) -> None:
    """The present secret expires after `life`; expired ones are gone."""
    await db.run(sql.retire_webhook_secrets, key.project_id, key.id, life)


async def remove_webhook_secret(db: Queryable, key: Key, secret_id: UUID) -> bool:
    """Whether there was such a former secret."""
    return bool(await db.run(sql.remove_webhook_secret, key.project_id, key.id, secret_id))


async def deliveries(
    db: Queryable, key: Key, where: Sequence[Clause], limit: int
) -> list[Delivery]:
    """The newest events first."""
    args = (key.project_id, key.id, limit)
    statement, values = compose(sql.deliveries, args, where=where)
    return await db.many(Delivery, statement, *values)


async def delivery(db: Queryable, key: Key, event_id: UUID) -> Delivery | None:
    return await db.one_or_none(Delivery, sql.delivery, key.project_id, key.id, event_id)


async def redeliver(db: Queryable, key: Key, event_id: UUID) -> bool:
    """Whether there is such a delivery; it is sent again."""
    return bool(await db.run(sql.redeliver, key.project_id, key.id, event_id))


async def redeliver_range(
    db: Queryable,
    key: Key,
    ids: tuple[UUID, UUID],
    times: tuple[datetime, datetime],
    subjects: Sequence[str],
    most: int,
) -> int:
    """How many events are sent again; both ranges are without their ends."""
    return await db.run(sql.redeliver_range, key.project_id, key.id, *ids, *times, subjects, most)


async def take(db: Queryable, holder: str, lease: timedelta, most: int) -> list[Key]:
    return await db.many(Key, sql.take, holder, lease, most)


async def beat(db: Queryable, holder: str, ids: Sequence[UUID], lease: timedelta) -> None:
    await db.run(sql.beat, holder, ids, lease)


async def release(db: Queryable, key: Key, holder: str) -> None:
    await db.run(sql.release, key.project_id, key.id, holder)


async def held(db: Queryable, key: Key, holder: str) -> Webhook | None:
    return await db.one_or_none(Webhook, sql.held, key.project_id, key.id, holder)


async def dispatch(db: Queryable, key: Key, subjects: Sequence[str], most: int) -> bool:
    """Whether the log had anything new."""
    return bool(await db.run(sql.dispatch, key.project_id, key.id, subjects, most))


async def due(db: Queryable, key: Key, flying: Iterable[UUID], most: int) -> list[Due]:
    return await db.many(Due, sql.due, key.project_id, key.id, list(flying), most)


async def sent_as(db: Queryable, key: Key, event_id: UUID) -> Due | None:
    """What is sent in a delivery, whether or not it is due."""
    return await db.one_or_none(Due, sql.sent_as, key.project_id, key.id, event_id)


async def finish(db: Queryable, key: Key, outcomes: Sequence[Outcome]) -> None:
    answers = [outcome.answer for outcome in outcomes]
    await db.run(
        sql.finish,
        key.project_id,
        key.id,
        [outcome.event_id for outcome in outcomes],
        [outcome.state for outcome in outcomes],
        [outcome.pause for outcome in outcomes],
        [answer and answer.status for answer in answers],
        [answer and answer.milliseconds for answer in answers],
        [answer and answer.body for answer in answers],
        [outcome.error for outcome in outcomes],
    )


async def hasten(db: Queryable, key: Key) -> None:
    await db.run(sql.hasten, key.project_id, key.id)


async def purge_deliveries(db: Queryable, age: timedelta, most: int) -> int:
    return await db.run(sql.purge_deliveries, age, most)


async def standing(db: Queryable) -> Standing:
    return await db.one(Standing, sql.standing)


def _fields(new: NewWebhook) -> tuple[object, ...]:
    return new.url, new.description, new.event_types, new.public_only, new.enabled
