"""Conversations: who writes when, and what."""

from typing import Final, Literal, NamedTuple

from rejoinder.cli.demo.dice import Dice
from rejoinder.cli.demo.phrases import Phrases, Topic

Author = Literal["customer", "support", "AI"]

_SECOND: Final = 1_000_000
_LONGEST_PAUSE: Final = 40 * 3_600 * _SECOND


class Line(NamedTuple):
    """A message before it has an id; `at` is in microseconds since 1970."""

    author: Author
    at: int
    text: str
    is_private: bool = False


class Conversations:
    """Lets customers and the team talk, in about `mean` messages."""

    def __init__(self, phrases: Phrases, mean: int, dice: Dice) -> None:
        self._phrases = phrases
        self._longest = 2 * mean - 1
        self._dice = dice

    def about(self, topic: Topic, name: str, begins: int, ends: int) -> list[Line]:
        """What `name` and the team wrote about `topic`: from `begins` on, all before `ends`."""
        first, *later = self._times(begins, ends)
        lines = [Line("customer", first, self._opening(topic, name))]
        author: Author = "customer"
        for left, at in zip(range(len(later), 0, -1), later, strict=True):
            if self._dice.chance(0.1):
                note = self._dice.pick(self._phrases.notes)
                lines.append(Line("support", at, note, is_private=True))
                continue
            author = self._next(author, is_second=len(lines) == 1)
            lines.append(Line(author, at, self._text(author, name, is_last=left == 1)))
        return lines

    def _times(self, begins: int, ends: int) -> list[int]:
        """Each later than the one before, often by little and seldom by more than a day."""
        random = self._dice.random
        gaps = [_SECOND + int(random() ** 4 * _LONGEST_PAUSE) for _ in range(self._count() - 1)]
        room = ends - begins - len(gaps)
        scale = min(1.0, room / sum(gaps)) if gaps else 1.0
        times = [begins]
        for gap in gaps:
            times.append(times[-1] + 1 + int(gap * scale))
        return times

    def _count(self) -> int:
        return 1 + self._dice.below(self._longest)

    def _next(self, author: Author, *, is_second: bool) -> Author:
        if author != "customer":
            return "customer" if self._dice.chance(0.75) else "support"
        if self._dice.chance(0.25):
            return "customer"
        return "AI" if is_second and self._dice.chance(0.12) else "support"

    def _opening(self, topic: Topic, name: str) -> str:
        pick, phrases = self._dice.pick, self._phrases
        text = self._with_reference(f"{pick(topic.openings)} {pick(phrases.details)}")
        return f"{pick(phrases.greetings)}\n\n{text}\n\n{pick(phrases.farewells)},\n{name}"

    def _text(self, author: Author, name: str, *, is_last: bool) -> str:
        pick, phrases = self._dice.pick, self._phrases
        match author, is_last:
            case "customer", True:
                return pick(phrases.thanks)
            case "customer", False:
                text = f"{pick(phrases.follow_ups)} {pick(phrases.details)}"
                return self._with_reference(text)
            case _, True:
                return f"Hello {name},\n\n{pick(phrases.closings)}"
            case _:
                return f"Hello {name},\n\n{pick(phrases.answers)}\n\n{pick(phrases.next_steps)}"

    def _with_reference(self, text: str) -> str:
        """Now and then with a number that is found in no other message."""
        if self._dice.chance(0.7):
            return text
        return f"{text} {self._dice.pick(self._phrases.references)} {self._dice.bits(30)}."
