"""One attempt to hand an event to a receiver, signed as Standard Webhooks says."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec
import structlog

from rejoinder import clock
from rejoinder.web.egress.client import Call, Egress, Reply
from rejoinder.web.egress.errors import EgressError
from rejoinder.webhooks import metrics, rules
from rejoinder.webhooks.sent import sent
from rejoinder.webhooks.types import Answer, Due, Key, Outcome, Webhook

log = structlog.get_logger(__name__)

_MOST_BYTES: Final = 4_096
_encode = msgspec.json.Encoder().encode


async def attempt(
    egress: Egress, key: Key, webhook: Webhook, secrets: Sequence[str], due: Due
) -> Outcome:
    """What came of it. Whatever goes wrong is an outcome, too, and leads to another attempt."""
    if webhook.public_only and rules.is_private(due.type):
        return Outcome(event_id=due.event_id, state="withheld")
    try:
        reply = await egress.send(_call(key, webhook, secrets, due))
    except EgressError as error:
        outcome = _failed(due, str(error))
    except Exception as error:
        log.exception("webhook.unsent", webhook=str(key.id), event_id=str(due.event_id))
        outcome = _failed(due, type(error).__name__)
    else:
        outcome = _answered(due, reply)
    metrics.count(due, outcome)
    return outcome


def _call(key: Key, webhook: Webhook, secrets: Sequence[str], due: Due) -> Call:
    body = _encode(sent(key.project_id, due))
    timestamp = int(clock.now().timestamp())
    message_id = str(due.event_id)
    return Call(
        purpose="webhook",
        project_id=key.project_id,
        url=webhook.url,
        headers={
            "Content-Type": "application/json",
            "User-Agent": "Rejoinder-Webhooks",
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": rules.signature(secrets, message_id, timestamp, body),
        },
        body=body,
        most_bytes=_MOST_BYTES,
    )


def _answered(due: Due, reply: Reply) -> Outcome:
    body = reply.body.decode("utf-8", "replace").replace("\0", "\ufffd")
    answer = Answer(reply.status, round(reply.seconds * 1000), body)
    if rules.is_taken(reply.status):
        return Outcome(
            event_id=due.event_id, state="delivered", was_failing=due.attempts > 0, answer=answer
        )
    if reply.status == rules.GONE:
        reason = "The receiver answered 410: it wants no more events."
        return Outcome(
            event_id=due.event_id, state="pending", answer=answer, error=reason, ends_because=reason
        )
    return _failed(due, f"The receiver answered {reply.status}.", answer)


def _failed(due: Due, error: str, answer: Answer | None = None) -> Outcome:
    pause = rules.pause(due.attempts + 1, due.failing_for)
    return Outcome(
        event_id=due.event_id,
        state="pending",
        pause=pause or timedelta(),
        answer=answer,
        error=error,
        ends_because=None if pause else f"It failed for three days. The last time: {error}",
    )
