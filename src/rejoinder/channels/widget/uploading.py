"""The call with which a customer uploads a file, to be named in a message afterwards."""

import msgspec

from rejoinder.channels.widget import access, wire
from rejoinder.channels.widget.call import Answer, Call
from rejoinder.channels.widget.errors import Refused
from rejoinder.channels.widget.fields import Fields, invalid
from rejoinder.channels.widget.switchboard import Switchboard
from rejoinder.errors import Invalid
from rejoinder.events.event import Actor
from rejoinder.messages.attachments.upload import store_upload
from rejoinder.messages.attachments.wire import attachment_out
from rejoinder.web.uploads import upload_of


async def attachment(board: Switchboard, call: Call) -> Answer:
    """A file, if the project takes them. The body is the file: who asks stands in the query."""
    project = await access.project(board, call)
    access.check_origin(project, call)
    if project.settings.widget_attachments_enabled is not True:
        raise Refused(403, "Attachments are not enabled")
    fields = Fields(call.query)
    who = wire.claims(fields)
    fields.check()
    await access.count_write(board, project, who)
    viewer = await access.viewer(board, project, who)
    actor = Actor(project.id, "person", viewer.distinct_id)
    try:
        name, chunks = await upload_of(call.receive, call.content_type, call.query.get("name", ""))
        stored = await store_upload(board.work, board.files, actor, viewer.uploader, name, chunks)
    except Invalid as error:
        raise invalid({error.attr or "file": [error.detail]}) from None
    return Answer(201, msgspec.json.encode(attachment_out(stored, board.link(call, project.id))))
