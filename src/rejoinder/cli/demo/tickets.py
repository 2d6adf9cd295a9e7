"""Tickets with their messages, as rows."""

from typing import Final, NamedTuple

from msgspec import Struct

from rejoinder.cli.demo.conversations import Conversations, Line
from rejoinder.cli.demo.customers import Customer, Customers, Names
from rejoinder.cli.demo.dice import Dice
from rejoinder.cli.demo.formats import NULL, array, escaped, timestamp, uuid7
from rejoinder.cli.demo.phrases import Phrases, Topic
from rejoinder.cli.demo.rows import Batch, MessageRow, TicketRow
from rejoinder.cli.demo.standing import HOUR, Standing, standing
from rejoinder.cli.demo.team import Team

_REGULARS: Final = 20_000
_LAST_TEXT: Final = 500
_PRIORITIES: Final = [NULL, NULL, NULL, "low", "medium", "medium", "high", "critical"]
_VERIFIED: Final = ["t", "t", "f", NULL]


class Channel(NamedTuple):
    source: str
    detail: str


_CHANNELS: Final = [
    *[Channel("widget", "widget_embedded")] * 9,
    Channel("widget", "widget_api"),
    *[Channel("email", NULL)] * 6,
    Channel("slack", "slack_channel_message"),
    Channel("slack", "slack_bot_mention"),
    Channel("teams", "teams_channel_message"),
    Channel("github", "github_issue"),
]


class Mail(NamedTuple):
    subject: str = NULL
    sender: str = NULL
    recipient: str = NULL


class Said(Struct, frozen=True):
    """A conversation and everything around it that its ticket shows."""

    customer: Customer
    topic: Topic
    lines: list[Line]
    public: list[Line]
    now: Standing


class Tickets:
    """Writes the tickets of one project, oldest first, all before `until`."""

    def __init__(
        self,
        project_id: int,
        team: Team,
        phrases: Phrases,
        names: Names,
        dice: Dice,
        *,
        mean: int,
        until: int,
    ) -> None:
        self._project_id = str(project_id)
        self._team = team
        self._topics = phrases.topics
        self._names = names
        self._dice = dice
        self._until = until
        self._customers = Customers(self._project_id, names, dice)
        self._conversations = Conversations(phrases, mean, dice)
        self._regulars: list[Customer] = []

    def batch(self, first_number: int, begins: list[int]) -> Batch:
        """One ticket for each time in `begins`, numbered from `first_number`."""
        batch = Batch()
        for number, at in enumerate(begins, first_number):
            said = self._said(batch, at)
            ticket_id = uuid7(at, self._dice)
            batch.tickets.append(self._ticket(ticket_id, number, said))
            batch.messages.extend(self._message(ticket_id, line, said) for line in said.lines)
            batch.statuses.append(said.now.status)
            if said.now.status != "resolved":
                batch.unread += said.now.unread_by_team
        return batch

    def _said(self, batch: Batch, at: int) -> Said:
        customer = self._customer(batch, at)
        topic = self._dice.pick(self._topics)
        lines = self._conversations.about(topic, customer.name, at, self._until)
        public = [line for line in lines if not line.is_private]
        now = standing(public, self._until, self._team, self._dice)
        return Said(customer, topic, lines, public, now)

    def _customer(self, batch: Batch, at: int) -> Customer:
        """Somebody new, or one of those who wrote before."""
        if self._regulars and self._dice.chance(0.5):
            return self._dice.pick(self._regulars)
        customer = self._customers.invent(batch, at)
        if len(self._regulars) < _REGULARS:
            self._regulars.append(customer)
        else:
            self._regulars[self._dice.below(_REGULARS)] = customer
        return customer

    def _ticket(self, ticket_id: str, number: int, said: Said) -> TicketRow:
        pick, now, customer = self._dice.pick, said.now, said.customer
        channel = pick(_CHANNELS)
        begun, last = said.public[0].at, said.public[-1]
        session, context = self._visit(channel, begun)
        mail = self._mail(channel, said)
        written = timestamp(last.at)
        return TicketRow(
            project_id=self._project_id,
            id=ticket_id,
            ticket_number=str(number),
            channel_source=channel.source,
            channel_detail=channel.detail,
            distinct_id=self._distinct_id(channel, customer),
            widget_session_id=session,
            session_context=context,
            status=now.status,
            priority=pick(_PRIORITIES),
            assignee_user_id=str(now.user_id or NULL),
            assignee_role_id=str(now.role_id or NULL),
            anonymous_traits=f'{{"name": "{customer.name}", "email": "{customer.email}"}}',
            identity_verified=pick(_VERIFIED),
            created_at=timestamp(begun),
            updated_at=written,
            message_count=str(len(said.public)),
            last_message_at=written,
            last_message_text=escaped(last.text[:_LAST_TEXT]),
            unread_team_count=str(now.unread_by_team),
            unread_customer_count=str(now.unread_by_customer),
            sla_due_at=self._due(begun),
            snoozed_until=timestamp(now.snoozed_until) if now.snoozed_until else NULL,
            email_subject=mail.subject,
            email_from=mail.sender,
            email_to=mail.recipient,
            tags=self._tags(said.topic),
        )

    def _message(self, ticket_id: str, line: Line, said: Said) -> MessageRow:
        user_id = said.now.user_id or self._team.user_ids[0]
        return MessageRow(
            project_id=self._project_id,
            id=uuid7(line.at, self._dice),
            ticket_id=ticket_id,
            author_type=line.author,
            author_user_id=str(user_id) if line.author == "support" else NULL,
            author_name=said.customer.name if line.author == "customer" else NULL,
            content=escaped(line.text),
            is_private="t" if line.is_private else "f",
            created_at=timestamp(line.at),
        )

    def _distinct_id(self, channel: Channel, customer: Customer) -> str:
        """Some who send e-mail are known by nothing but their address."""
        if channel.source == "email" and self._dice.chance(0.3):
            return ""
        return customer.distinct_id

    def _visit(self, channel: Channel, at: int) -> tuple[str, str]:
        """The widget's session, and the page it was on."""
        if channel.source != "widget":
            return "", "{}"
        path = self._dice.pick(self._names.paths)
        context = f'{{"current_url": "https://app.example.com{path}"}}'
        return uuid7(at, self._dice), context

    def _mail(self, channel: Channel, said: Said) -> Mail:
        if channel.source != "email":
            return Mail()
        subject = self._dice.pick(said.topic.subjects)
        return Mail(subject, said.customer.email, "support@example.com")

    def _due(self, begun: int) -> str:
        if self._dice.chance(0.7):
            return NULL
        return timestamp(begun + self._dice.pick((4, 8, 24, 72)) * HOUR)

    def _tags(self, topic: Topic) -> str:
        more = [self._dice.pick(self._names.tags)] if self._dice.chance(0.4) else []
        return array([topic.tag, *more])
