"""What the webhook API takes and answers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from rejoinder.webhooks.sent import Sent
from rejoinder.webhooks.types import Answer, Delivery, NewWebhook, Secret, State, Webhook

Url = Annotated[str, Meta(max_length=2_000)]
Description = Annotated[str, Meta(max_length=500)]
EventTypes = Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=100)]

_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST = datetime(9999, 12, 30, tzinfo=UTC)


class WebhookBody(Struct, frozen=True, kw_only=True):
    """Without `event_types` every event is sent; notes only if `public_only` is off."""

    url: Url
    description: Description = ""
    event_types: EventTypes = []
    public_only: bool = True
    enabled: bool = True

    def wanted(self) -> NewWebhook:
        return NewWebhook(**msgspec.structs.asdict(self))


class WebhookPatch(Struct, frozen=True, kw_only=True):
    """What is absent stays as it is."""

    url: Url | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    event_types: EventTypes | UnsetType = UNSET
    public_only: bool | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET

    def on(self, webhook: Webhook) -> NewWebhook:
        """The webhook with these changes."""
        given = msgspec.structs.asdict(self)
        return NewWebhook(
            **{
                field: getattr(webhook, field) if value is UNSET else value
                for field, value in given.items()
            }
        )


class RangeBody(Struct, frozen=True, kw_only=True, rename={"begin": "from", "end": "to"}):
    """Events from the one moment until before the other."""

    begin: datetime
    end: datetime

    def times(self) -> tuple[datetime, datetime]:
        """Both in UTC, where a time without a zone is one of UTC."""
        return _in_utc(self.begin), _in_utc(self.end)


class SecretOut(Struct, frozen=True):
    """A secret that signs. What it is was shown when it was made."""

    id: UUID
    created_at: datetime
    expires_at: datetime | None


class NewSecretOut(Struct, frozen=True):
    """A new secret. It is shown this once."""

    id: UUID
    secret: str
    created_at: datetime


class WebhookOut(Struct, frozen=True):
    """A webhook; `disabled_because` says why it was disabled, if not by a teammate."""

    id: UUID
    url: str
    description: str
    event_types: list[str]
    public_only: bool
    enabled: bool
    disabled_because: str | None
    created_at: datetime
    secrets: list[SecretOut]


class NewWebhookOut(Struct, frozen=True):
    """A new webhook, with its secret. It is shown this once."""

    webhook: WebhookOut
    secret: str


class DeliveryOut(Struct, frozen=True):
    """An event on its way: `id` is the event's, and the `webhook-id` that is sent with it.

    `withheld` ones were about to be sent when the webhook was restricted. Without a
    `next_attempt_at` a pending one waits for an earlier one of its ticket.
    """

    id: UUID
    type: str
    ticket_id: UUID | None
    state: State
    attempts: int
    created_at: datetime
    attempted_at: datetime | None
    next_attempt_at: datetime | None
    response: Answer | None
    error: str | None


class DeliveryDetail(Struct, frozen=True):
    """A delivery, and the body of its request as it would be sent now: a message reads as today.

    There is no `request` for a note that the webhook may not be sent.
    """

    delivery: DeliveryOut
    request: Sent | None


class DeliveryPage(Struct, frozen=True):
    """The newest events first; `next` is the URL of the page behind this one."""

    next: str | None
    results: list[DeliveryOut]


class Queued(Struct, frozen=True):
    """How many events are on their way."""

    queued: int


def webhook_out(webhook: Webhook, secrets: Sequence[Secret]) -> WebhookOut:
    shown = [SecretOut(secret.id, secret.created_at, secret.expires_at) for secret in secrets]
    return WebhookOut(**msgspec.structs.asdict(webhook), secrets=shown)


def secret_out(secret: Secret) -> NewSecretOut:
    return NewSecretOut(secret.id, secret.secret, secret.created_at)


def delivery_out(delivery: Delivery) -> DeliveryOut:
    response = None
    if delivery.response_status is not None:
        response = Answer(
            delivery.response_status, delivery.response_ms or 0, delivery.response_body or ""
        )
    return DeliveryOut(
        id=delivery.event_id,
        type=delivery.event_type,
        ticket_id=delivery.ticket_id,
        state=delivery.state,
        attempts=delivery.attempts,
        created_at=delivery.created_at,
        attempted_at=delivery.attempted_at,
        next_attempt_at=delivery.due_at,
        response=response,
        error=delivery.error,
    )


def _in_utc(moment: datetime) -> datetime:
    in_utc = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(in_utc, _EARLIEST), _LATEST)
