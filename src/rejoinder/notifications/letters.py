"""What mails to the team say. Names and texts of strangers stay on their lines."""

from collections.abc import Sequence
from typing import Final

from rejoinder.notifications.types import Disabled, Kind, Letter, NewTicket, Unmailed

_SAID: Final[dict[Kind, str]] = {
    "mention": "{name} mentioned you in ticket #{number}",
    "assigned": "{name} assigned ticket #{number} to you",
    "reply": "{name} wrote in ticket #{number}",
}
_SOMEBODY: Final = "Somebody"
_CUSTOMER: Final = "A customer"
_LONGEST_NAME: Final = 80
_MOST_LISTED: Final = 20
_LONGEST_LINE: Final = 80


class Letters:
    """Letters whose links lead to the inbox at this address."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    def notification(self, about: Unmailed) -> Letter:
        """What concerns a teammate."""
        name = _line(about.actor_name, _LONGEST_NAME) or _SOMEBODY
        headline = _SAID[about.kind].format(name=name, number=about.ticket_number)
        link = self._ticket(about.project_id, about.ticket_number)
        project = _line(about.project_name, _LONGEST_NAME)
        text = f"{headline}, {project}.\n\n{_quoted(about.text)}{link}\n"
        return Letter(about.email, headline, f"{text}\n{self._why()}")

    def new_ticket(self, to: str, ticket: NewTicket) -> Letter:
        """A customer has opened a ticket."""
        who = _line(ticket.customer, _LONGEST_NAME) or _CUSTOMER
        headline = f"{who} opened ticket #{ticket.ticket_number}"
        link = self._ticket(ticket.project_id, ticket.ticket_number)
        project = _line(ticket.project_name, _LONGEST_NAME)
        return Letter(to, headline, f"{headline}, {project}.\n\n{_quoted(ticket.text)}{link}\n")

    def new_tickets(self, to: str, tickets: Sequence[NewTicket]) -> Letter:
        """Customers have opened so many tickets that each has a line alone."""
        if len(tickets) == 1:
            return self.new_ticket(to, tickets[0])
        headline = f"{len(tickets)} new tickets in {_line(tickets[0].project_name, _LONGEST_NAME)}"
        lines = [self._summary(ticket) for ticket in tickets[:_MOST_LISTED]]
        if len(tickets) > _MOST_LISTED:
            lines.append(f"… and {len(tickets) - _MOST_LISTED} more.\n")
        return Letter(to, headline, f"{headline}.\n\n" + "\n".join(lines))

    def disabled_webhook(self, to: str, webhook: Disabled) -> Letter:
        """Events are not sent any more."""
        project = _line(webhook.project_name, _LONGEST_NAME)
        text = (
            f"Nothing is sent to this webhook of {project} any more:\n\n"
            f"{webhook.url}\n\n{_line(webhook.reason, 500)}\n\n"
            "Enable it again once its receiver is back: it goes on where it stopped, nothing is"
            f" lost.\n\n{self._base_url}/projects/{webhook.project_id}/settings/webhooks\n"
        )
        return Letter(to, f"A webhook of {project} was disabled", text)

    def _summary(self, ticket: NewTicket) -> str:
        who = _line(ticket.customer, _LONGEST_NAME) or _CUSTOMER
        said = _line(ticket.text, _LONGEST_LINE)
        link = self._ticket(ticket.project_id, ticket.ticket_number)
        return f"#{ticket.ticket_number} {who}: {said}\n{link}\n"

    def _ticket(self, project_id: int, number: int) -> str:
        return f"{self._base_url}/projects/{project_id}/tickets/{number}"

    def _why(self) -> str:
        return f"Which notifications reach you by mail: {self._base_url}/account\n"


def _line(text: str, longest: int) -> str:
    """On one line, cut where it is too long: a line break in a subject would be another header."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _quoted(text: str) -> str:
    """As a quotation with an empty line behind it; nothing for nothing."""
    lines = "".join(f"> {line}\n" for line in text.strip().splitlines())
    return f"{lines}\n" if lines else ""
