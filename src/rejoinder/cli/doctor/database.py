"""Checks of the database, over one connection."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from rejoinder.cli.database import OLDEST_POSTGRESQL
from rejoinder.cli.doctor import queries
from rejoinder.cli.doctor.finding import Finding, fail, ok, warn
from rejoinder.cli.schema import Schema
from rejoinder.clock import now
from rejoinder.db.pool import Session
from rejoinder.tickets.queries import drifts

EXTENSIONS: Final = frozenset({"pg_trgm", "btree_gin"})

_NOTICEABLE: Final = timedelta(seconds=1)
_HARMFUL: Final = timedelta(seconds=30)


def check_version(major: int, full: str) -> Finding:
    if major < OLDEST_POSTGRESQL:
        hint = f"Upgrade it to {OLDEST_POSTGRESQL} or newer."
        return fail("database", f"PostgreSQL {full} answers, which is too old.", hint)
    return ok("database", f"PostgreSQL {full} answers.")


async def check_extensions(session: Session) -> Finding:
    missing = sorted(EXTENSIONS - set(await queries.extensions(session)))
    if missing:
        hint = "Run `rejoinder migrate`; installing them may take a superuser."
        return fail("extensions", f"Missing: {', '.join(missing)}.", hint)
    return ok("extensions", f"{', '.join(sorted(EXTENSIONS))} are installed.")


def check_migrations(schema: Schema) -> Finding:
    if schema.missing:
        missing = ", ".join(schema.missing)
        return fail("migrations", f"Missing: {missing}.", "Run `rejoinder migrate`.")
    if schema.unknown:
        unknown = ", ".join(schema.unknown)
        hint = "Upgrade Rejoinder on this machine."
        return fail("migrations", f"The schema is of a newer version: {unknown}.", hint)
    return ok("migrations", f"All {len(schema.applied)} are applied.")


class Reading(Struct, frozen=True):
    """The database's clock between two looks at ours."""

    before: datetime
    theirs: datetime
    after: datetime

    @property
    def difference(self) -> timedelta:
        """By how much the clocks differ at least, whatever the way there and back took."""
        return max(self.before - self.theirs, self.theirs - self.after, timedelta(0))


async def check_clock(session: Session) -> Finding:
    before = now()
    theirs = await queries.clock(session)
    return judge_clock(Reading(before, theirs, now()).difference)


def judge_clock(difference: timedelta) -> Finding:
    detail = f"Database and machine differ by {difference.total_seconds():.1f} s."
    hint = "Keep both clocks right with NTP: due times and limits depend on them."
    if difference > _HARMFUL:
        return fail("clock", detail, hint)
    if difference > _NOTICEABLE:
        return warn("clock", detail, hint)
    return ok("clock", "Database and machine agree.")


async def check_counters(session: Session) -> Finding:
    found = await drifts(session)
    if found:
        projects = ", ".join(str(drift.project_id) for drift in found)
        hint = "The server repairs them within the hour; please report it as a bug."
        return fail("counters", f"They differ from a recount in project {projects}.", hint)
    return ok("counters", "They equal a recount.")
