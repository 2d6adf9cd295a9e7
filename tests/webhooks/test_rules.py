from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from rejoinder.errors import Invalid
from rejoinder.ids import new_id
from rejoinder.webhooks import rules


def test_the_schedule_goes_from_seconds_to_half_a_day_over_about_three_days() -> None:
    assert rules.SCHEDULE[0] == timedelta(seconds=5)
    assert rules.SCHEDULE[-1] == timedelta(hours=12)
    assert timedelta(days=2.5) < rules.PATIENCE < timedelta(days=3.5)
    assert list(rules.SCHEDULE) == sorted(rules.SCHEDULE)


def test_it_is_the_time_that_ends_patience_and_not_the_number() -> None:
    assert rules.pause(1, timedelta()) == timedelta(seconds=5)
    assert rules.pause(500, timedelta(days=1)) == timedelta(hours=12)
    assert rules.pause(2, rules.PATIENCE) is None


def test_several_keys_give_several_signatures() -> None:
    keys = [rules.new_secret(), rules.new_secret()]
    at = int(datetime.now(UTC).timestamp())

    header = rules.signature(keys, "msg", at, b"{}")

    assert len(header.split(" ")) == 2
    for key in keys:
        headers = {"webhook-id": "msg", "webhook-timestamp": str(at), "webhook-signature": header}
        assert Webhook(key).verify("{}", headers) == {}


def test_the_signature_is_that_of_the_standards_example() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'

    found = rules.signature([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("given", ["", "ticket", "ticket.", "*", "project.changed", "ticket.A"])
def test_only_types_that_are_sent_can_be_chosen(given: str) -> None:
    with pytest.raises(Invalid):
        rules.checked_types([given])


def test_notes_are_private_and_the_rest_is_not() -> None:
    assert rules.is_private("note.added")
    assert not rules.is_private("message.sent")
    assert "note" not in rules.subjects(public_only=True)


def test_ids_are_ordered_by_the_time_they_were_made() -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    made = new_id()

    assert rules.first_id_at(before) < made < rules.first_id_at(before + timedelta(minutes=1))
