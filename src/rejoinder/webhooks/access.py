"""Give me this webhook, if this caller may have it."""

from uuid import UUID

from rejoinder.db.pool import Queryable
from rejoinder.errors import NotFound
from rejoinder.events.work import Tx
from rejoinder.webhooks import queries
from rejoinder.webhooks.types import Webhook


async def webhook(db: Queryable, project_id: int, webhook_id: UUID) -> Webhook:
    """The webhook.

    Raises:
        NotFound: not there, or another project's.
    """
    found = await queries.webhook(db, project_id, webhook_id)
    if found is None:
        raise NotFound
    return found


async def locked_webhook(tx: Tx, webhook_id: UUID) -> Webhook:
    """The webhook, its row locked.

    Raises:
        NotFound: not there, or another project's.
    """
    found = await queries.locked_webhook(tx, tx.project_id, webhook_id)
    if found is None:
        raise NotFound
    return found
