"""What people write: the templates of `phrases.toml`, filled in many times over beforehand."""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final

import msgspec
from msgspec import Struct

from rejoinder.cli.demo.dice import Dice

# Fillings of each kind of phrase: enough for variety, few enough to be ready at once.
_FILLINGS: Final = 600
_SLOT: Final = re.compile(r"\{(\w+)\}")


class TopicTemplates(Struct, frozen=True):
    tag: str
    subjects: list[str]
    openings: list[str]


class Templates(Struct, frozen=True):
    greetings: list[str]
    farewells: list[str]
    references: list[str]
    subjects: list[str]
    follow_ups: list[str]
    details: list[str]
    answers: list[str]
    next_steps: list[str]
    closings: list[str]
    thanks: list[str]
    notes: list[str]
    words: dict[str, list[str]]
    topics: list[TopicTemplates]


class Topic(Struct, frozen=True):
    tag: str
    subjects: list[str]
    openings: list[str]


class Phrases(Struct, frozen=True):
    """Ready phrases; those between customer and team suit any topic."""

    topics: list[Topic]
    greetings: list[str]
    farewells: list[str]
    references: list[str]
    follow_ups: list[str]
    details: list[str]
    answers: list[str]
    next_steps: list[str]
    closings: list[str]
    thanks: list[str]
    notes: list[str]


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("rejoinder.cli.demo").joinpath(name).read_text(encoding="utf-8"))


def ready_phrases(dice: Dice) -> Phrases:
    templates = msgspec.convert(read_toml("phrases.toml"), Templates)
    filler = _Filler(templates.words, dice)
    return Phrases(
        topics=[
            Topic(
                topic.tag,
                filler.filled([*topic.subjects, *topic.subjects, *templates.subjects]),
                filler.filled(topic.openings),
            )
            for topic in templates.topics
        ],
        greetings=templates.greetings,
        farewells=templates.farewells,
        references=templates.references,
        follow_ups=filler.filled(templates.follow_ups),
        details=filler.filled(templates.details),
        answers=filler.filled(templates.answers),
        next_steps=filler.filled(templates.next_steps),
        closings=filler.filled(templates.closings),
        thanks=filler.filled(templates.thanks),
        notes=filler.filled(templates.notes),
    )


class _Filler:
    """Puts words into templates; early words of a list come up often, late ones rarely."""

    def __init__(self, words: dict[str, list[str]], dice: Dice) -> None:
        self._words = words
        self._weights = {
            slot: [1 / rank for rank in range(1, len(known) + 1)] for slot, known in words.items()
        }
        self._dice = dice

    def filled(self, templates: Sequence[str]) -> list[str]:
        return [self._fill(self._dice.pick(templates)) for _ in range(_FILLINGS)]

    def _fill(self, template: str) -> str:
        text = _SLOT.sub(self._word, template)
        return text[0].upper() + text[1:]

    def _word(self, slot: re.Match[str]) -> str:
        name = slot[1]
        return self._dice.weighted(self._words[name], self._weights[name])[0]
