"""What can go wrong when the team begins a ticket."""

from rejoinder.errors import Conflict, Invalid


class ComposeInProgress(Conflict):
    code = "compose_in_progress"

    def __init__(self) -> None:
        super().__init__("An identical message is still being composed.")


class EmailDisabled(Invalid):
    """The operator has given no SMTP server."""

    code = "email_not_enabled"

    def __init__(self) -> None:
        super().__init__("The email channel is not enabled.")


class UnknownConfig(Invalid):
    code = "email_config_not_found"

    def __init__(self) -> None:
        super().__init__("Email configuration not found.")


class WrongRecipient(Invalid):
    code = "recipient_mismatch"

    def __init__(self) -> None:
        super().__init__("The recipient does not match the person's email on file.")
