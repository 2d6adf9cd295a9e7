"""Decisions about tickets that need nothing but their arguments."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.tickets import access, rules
from rejoinder.tickets.rules import Counted

MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001  Hypothesis wants its bounds without a zone
    max_value=datetime(9999, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(MOMENTS)
def test_a_microsecond_is_another_version(moment: datetime) -> None:
    later = moment + timedelta(microseconds=1)

    assert access.version(moment) != access.version(later)
    assert access.is_named(access.version(moment), moment)
    assert not access.is_named(access.version(moment), later)


@given(st.lists(st.text(max_size=20), max_size=20))
def test_normal_tags_are_normal_already(tags: list[str]) -> None:
    normal = rules.normal_tags(tags)

    assert len(set(normal)) == len(normal)
    assert all(tag == tag.strip() and tag for tag in normal)
    assert {tag.strip().lower() for tag in tags} - {""} == set(normal)


def test_what_a_change_makes_of_the_counters() -> None:
    before, after = Counted(open=1, unread=3), Counted(resolved=1)

    assert after.minus(before) == Counted(open=-1, resolved=1, unread=-3)
