"""What webhooks announce. Addresses and secrets never stand in here."""

from typing import Any
from uuid import UUID

from rejoinder.events.event import Event


class WebhookCreated(Event, frozen=True, kw_only=True, tag="webhook.created"):
    """Events are sent to another address from now on."""

    webhook_id: UUID
    description: str
    event_types: list[str]
    public_only: bool
    enabled: bool


class WebhookChanged(Event, frozen=True, kw_only=True, tag="webhook.changed"):
    """Fields of a webhook were set; `fields` names them, and `values` has all but an address."""

    webhook_id: UUID
    fields: list[str]
    values: dict[str, Any]
    previous: dict[str, Any]


class WebhookDisabled(Event, frozen=True, kw_only=True, tag="webhook.disabled"):
    """Nothing is sent any more, because the receiver was away too long or asked for it."""

    webhook_id: UUID
    reason: str


class WebhookDeleted(Event, frozen=True, kw_only=True, tag="webhook.deleted"):
    """A webhook is gone, with its deliveries."""

    webhook_id: UUID


class WebhookSecretRotated(Event, frozen=True, kw_only=True, tag="webhook.secret_rotated"):
    """A new secret signs; the ones before do so, too, for another day."""

    webhook_id: UUID


class WebhookSecretDeleted(Event, frozen=True, kw_only=True, tag="webhook.secret_deleted"):
    """A secret that was replaced does not sign any more."""

    webhook_id: UUID
    secret_id: UUID


class WebhookRedelivered(Event, frozen=True, kw_only=True, tag="webhook.redelivered"):
    """Events are sent once more, with the ids that they had."""

    webhook_id: UUID
    count: int


class WebhookTested(Event, frozen=True, kw_only=True, tag="webhook.test"):
    """Somebody wanted to see whether events arrive: this one is sent to that webhook only."""

    webhook_id: UUID
