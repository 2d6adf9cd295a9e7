from uuid import UUID

import pytest

from rejoinder.errors import Forbidden
from rejoinder.messages.attachments.links import Links
from rejoinder.settings import Settings

KEY = "a key of at least thirty-two characters"
ID = UUID("018f3b6e-1c2d-7a4b-9e8f-0123456789ab")


class Clock:
    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def links(clock: Clock) -> Links:
    return Links(Settings(secret_key=KEY, attachment_url_s=600), clock)


def token(links: Links) -> str:
    return links.url("", 7, ID).rpartition("/")[2]


def test_a_link_opens_what_it_was_made_for(links: Links) -> None:
    target = links.opened(token(links))

    assert (target.project_id, target.attachment_id) == (7, ID)


def test_a_link_lasts_for_half_its_time_at_least_and_no_longer_than_all_of_it(
    links: Links, clock: Clock
) -> None:
    for start in range(1_000_000, 1_000_700, 50):
        clock.time = start
        made = token(links)

        clock.time = start + 300
        links.opened(made)

        clock.time = start + 600
        with pytest.raises(Forbidden):
            links.opened(made)


def test_a_link_stays_the_same_for_a_while(links: Links, clock: Clock) -> None:
    clock.time = 1_200_000
    first = token(links)

    clock.time += 299

    assert token(links) == first


def test_links_begin_with_the_address_that_files_have(clock: Clock) -> None:
    settings = Settings(secret_key=KEY, files_public_url="https://files.example.net/")

    assert (
        Links(settings, clock)
        .url("http://desk", 7, ID)
        .startswith("https://files.example.net/api/conversations/attachments/")
    )
