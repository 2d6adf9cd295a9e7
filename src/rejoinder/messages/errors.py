"""What can go wrong with messages, in the wire's own words."""

from rejoinder.errors import Conflict, Forbidden, Invalid, NotFound


class SupportDisabled(Invalid):
    """The project's conversations are switched off; there is no `error_type` for it."""

    code = ""

    def __init__(self) -> None:
        super().__init__("Support is not enabled.")


class ReplyInProgress(Conflict):
    code = "reply_in_progress"

    def __init__(self) -> None:
        super().__init__("An identical reply is still being written.")


class NoteNotFound(NotFound):
    code = "note_not_found"

    def __init__(self) -> None:
        super().__init__("Note not found.")


class NotPrivateNote(Invalid):
    code = "not_private_note"

    def __init__(self) -> None:
        super().__init__("This message is not a private note.")


class NotNoteAuthor(Forbidden):
    code = "not_note_author"

    def __init__(self) -> None:
        super().__init__("Only its author may change a note.")
