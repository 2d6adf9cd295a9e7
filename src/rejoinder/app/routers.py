"""Everything that is answered, in one list."""

from litestar.types import ControllerRouterHandler

from rejoinder.app.node import Node
from rejoinder.auth.routes import account, keys, passwords, signing_in
from rejoinder.channels.email import routes as email
from rejoinder.channels.email.types import Mailbox
from rejoinder.channels.external import routes as external
from rejoinder.channels.host import routes as host
from rejoinder.macros import routes as macros
from rejoinder.messages.attachments import routes as attachments
from rejoinder.messages.drafts import routes as drafts
from rejoinder.messages.routes import comments, thread
from rejoinder.messages.splitting import routes as splitting
from rejoinder.notifications import routes as notifications
from rejoinder.organizations import routes as projects
from rejoinder.organizations.invites import routes as invites
from rejoinder.organizations.members import routes as members
from rejoinder.organizations.roles import routes as roles
from rejoinder.people import routes as people
from rejoinder.realtime.routes import events, history, presence
from rejoinder.tickets.commands.hand_over import hand_over
from rejoinder.tickets.routes import table as tickets
from rejoinder.views import routes as views
from rejoinder.web.health import health_router
from rejoinder.web.openapi import docs
from rejoinder.web.pages import asset, page
from rejoinder.webhooks import routes as webhooks


def routers(node: Node) -> list[ControllerRouterHandler]:
    """Everything that is answered, but for what stands beside."""
    return [
        health_router({"database": node.ready}, measure=node.measure),
        docs,
        page,
        asset,
        signing_in.router,
        passwords.router,
        account.router,
        keys.router,
        tickets.router(node.unread, node.lists, node.rendered, node.creations, views.stored_view),
        views.router,
        macros.router("macros"),
        macros.router("quick_actions"),
        thread.router,
        comments.router,
        drafts.router,
        splitting.router,
        email.router(Mailbox.of(node.settings)),
        attachments.upload_router,
        attachments.read_router,
        people.router,
        notifications.router,
        projects.router,
        projects.organization_router,
        members.router,
        members.team_router,
        roles.router(hand_over),
        invites.router,
        invites.public_router,
        events.router(node.feed, node.settings.stream_patience_s),
        history.router,
        presence.router(node.presences),
        webhooks.router(node.egress),
        external.router,
        host.router(node.settings.forward_events_to),
    ]
