"""No text of a client's makes a regular expression take its time (T-REDOS)."""

import re
import time
from collections.abc import Iterator

import pytest

from tests.security.patterns import Pattern, Used, patterns

LENGTH = 100_000
# Of the processor's time: what takes the square of the text's length would be seconds.
MOST_S = 0.05
# A moment in which the processor was slow is none of the pattern's.
CHANCES = 3
EXTRA = "a0 \t\n-_.,:;@/\\\"'<>(){}[]=&%+~!é\u202e"

USED = list(patterns())


def texts(pattern: Pattern) -> Iterator[str]:
    """Long runs of what the pattern knows, which end in what it does not expect."""
    source = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    letters = sorted({*source, *EXTRA})
    for letter in letters:
        yield letter * LENGTH + "\x01"
    words = [word for word in re.findall(r"\w{2,}", source) if len(word) < 20]
    for word in [*words, "a ", "a.", "<a", "a@", "0.", "\\a", "ab", "\r\n"]:
        yield word * (LENGTH // len(word)) + "\x01"


def slowest(used: Used) -> tuple[float, str, str]:
    worst = (0.0, "", "")
    for text in texts(used.pattern):
        subject = text.encode() if isinstance(used.pattern.pattern, bytes) else text
        for method in used.methods:
            worst = max(worst, (_seconds(used.pattern, method, subject), method, text[:20]))
    return worst


def _seconds(pattern: Pattern, method: str, subject: str | bytes) -> float:
    """The least of a few times, when the first was too long."""
    least = MOST_S
    for _ in range(CHANCES):
        began = time.thread_time()
        _apply(pattern, method, subject)
        least = time.thread_time() - began
        if least < MOST_S:
            break
    return least


def _apply(pattern: Pattern, method: str, subject: str | bytes) -> None:
    if method == "sub":
        pattern.sub(subject[:0], subject)
    elif method == "finditer":
        list(pattern.finditer(subject))
    else:
        getattr(pattern, method)(subject)


def test_the_source_has_been_read() -> None:
    assert len(USED) > 40


@pytest.mark.parametrize("used", USED, ids=lambda used: str(used.place))
def test_no_text_keeps_a_pattern_busy(used: Used) -> None:
    seconds, method, text = slowest(used)

    assert seconds < MOST_S, f"{method} of {text!r}… took {seconds:.3f} s"
