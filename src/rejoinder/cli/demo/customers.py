"""The people who write to us, as rows of persons and person_distinct_ids."""

import unicodedata
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct

from rejoinder.cli.demo.dice import Dice
from rejoinder.cli.demo.formats import array, timestamp, uuid7
from rejoinder.cli.demo.phrases import read_toml
from rejoinder.cli.demo.rows import Batch, DistinctIdRow, PersonRow
from rejoinder.people.rules import display_name

# Ready-made halves of properties: who somebody is differs each time, what they use does not.
_PROFILES: Final = 400


class Names(Struct, frozen=True):
    """The lists of `names.toml`."""

    first: list[str]
    last: list[str]
    companies: list[str]
    mail_hosts: list[str]
    paths: list[str]
    referrers: list[str]
    campaigns: list[str]
    agents: list[str]
    tags: list[str]
    roles: list[str]
    countries: list[tuple[str, str, str, str, list[str]]]


class Customer(NamedTuple):
    """A person as tickets refer to it."""

    distinct_id: str
    name: str
    email: str


def read_names() -> Names:
    return msgspec.convert(read_toml("names.toml"), Names)


def mailbox(name: str) -> str:
    """What stands before the @ in an e-mail address: the plain letters of a name."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return plain.replace(" ", ".")


class Customers:
    """Invents customers of one project, one after the other."""

    def __init__(self, project_id: str, names: Names, dice: Dice) -> None:
        self._project_id = project_id
        self._dice = dice
        self._profiles = [_profile(names, dice) for _ in range(_PROFILES)]
        self._hosts = names.mail_hosts
        self._people = [
            (name, mailbox(name))
            for name in (f"{first} {last}" for first in names.first for last in names.last)
        ]

    def invent(self, batch: Batch, at: int) -> Customer:
        """Somebody new, first seen at `at`, whose rows are added to the batch."""
        dice = self._dice
        name, box = dice.pick(self._people)
        customer = Customer(
            distinct_id=f"user_{dice.bits(48):012x}",
            name=name,
            email=f"{box}{dice.bits(20)}@{dice.pick(self._hosts)}",
        )
        self._add(batch, customer, at)
        return customer

    def _add(self, batch: Batch, customer: Customer, at: int) -> None:
        dice = self._dice
        person_id = uuid7(at, dice)
        ids = [customer.distinct_id, *([uuid7(at, dice)] if dice.chance(0.25) else [])]
        given = {"name": customer.name}
        if dice.chance(0.92):
            given["email"] = customer.email
        properties = msgspec.json.encode(given).decode()[:-1] + dice.pick(self._profiles)
        batch.persons.append(
            PersonRow(
                project_id=self._project_id,
                id=person_id,
                properties=properties,
                name=display_name(given, ids),
                distinct_ids=array(ids),
                is_identified="t",
                created_at=timestamp(at),
            )
        )
        batch.person_distinct_ids.extend(
            DistinctIdRow(self._project_id, known, person_id) for known in ids
        )


def _profile(names: Names, dice: Dice) -> str:
    """The end of a JSON object of about a kilobyte: what a product knows of somebody."""
    country, code, continent, zone, cities = dice.pick(names.countries)
    agent = dice.pick(names.agents)
    path = dice.pick(names.paths)
    referrer = dice.pick(names.referrers)
    campaign = dice.pick(names.campaigns)
    properties: dict[str, Any] = {
        "company": dice.pick(names.companies),
        "plan": dice.weighted(
            ["free", "starter", "team", "business", "enterprise"], [9, 6, 4, 2, 1]
        )[0],
        "seats": dice.pick([1, 2, 3, 5, 8, 13, 21, 60, 250]),
        "monthly_revenue": round(dice.lognormal(4, 1.5), 2),
        "is_admin": dice.chance(0.2),
        "locale": f"{dice.pick(['en', 'de', 'pt', 'fr', 'es'])}-{code}",
        "$browser": agent.rpartition(" ")[2].partition("/")[0],
        "$browser_version": 90 + dice.below(56),
        "$os": agent.partition("(")[2].partition(";")[0],
        "$screen_width": dice.pick([390, 1280, 1440, 1920, 2560]),
        "$screen_height": dice.pick([720, 844, 900, 1080, 1440]),
        "$raw_user_agent": agent,
        "$current_url": f"https://app.example.com{path}",
        "$initial_current_url": f"https://www.example.com{dice.pick(names.paths)}",
        "$referrer": referrer,
        "$initial_referrer": referrer,
        "utm_campaign": campaign,
        "$initial_utm_campaign": campaign,
        "$geoip_city_name": dice.pick(cities),
        "$geoip_country_name": country,
        "$geoip_country_code": code,
        "$geoip_continent_name": continent,
        "$geoip_time_zone": zone,
        "$geoip_latitude": round(dice.random() * 120 - 50, 4),
        "$geoip_longitude": round(dice.random() * 340 - 170, 4),
        "$lib": "web",
        "$lib_version": f"1.{200 + dice.below(100)}.{dice.below(10)}",
    }
    return "," + msgspec.json.encode(properties).decode()[1:]
