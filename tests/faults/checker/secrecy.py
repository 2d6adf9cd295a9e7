"""I3: projects are apart. I9: notes stay inside. I12: logs tell nothing."""

from collections.abc import Iterator

from tests.faults.checker.case import TOKEN, Case
from tests.faults.checker.tables import traces
from tests.faults.history import Sighting, Write


async def projects_apart(case: Case) -> list[str]:
    """I3: in tables, in answers, at readers and receivers; logs have nobody's words."""
    problems = [
        f"{trace.token}: in {trace.table} of project {trace.project}"
        async for trace in traces(case.db)
        if trace.project is not None and _project(trace.token) != trace.project
    ]
    for place, project, text in _told(case):
        problems += [
            f"{found[0]}: at {place} of project {project}"
            for found in TOKEN.finditer(text)
            if int(found[1]) != project
        ]
    problems += [
        f"{found[0]}: in the log {log.path}"
        for log in case.world.logs
        for found in TOKEN.finditer(log.text())
    ]
    return problems


async def notes_inside(case: Case) -> list[str]:
    """I9: what is private is at no reader, no receiver and no widget. Events have no texts."""
    private = {write.token for write in case.history.of(Write) if write.private}
    told = [(seen.reader, seen.text) for seen in case.history.of(Sighting)]
    told += [(page.path, page.text) for page in case.pages if page.public]
    return [
        f"note {found[0]}: at {place}"
        for place, text in told
        for found in TOKEN.finditer(text)
        if found[0] in private
    ]


async def secrets_unlogged(case: Case) -> list[str]:
    """I12."""
    return [
        f"a secret ({secret[:8]}…) in {log.path}"
        for log in case.world.logs
        for secret in case.world.secrets
        if secret in log.text()
    ]


def _told(case: Case) -> Iterator[tuple[str, int, str]]:
    for seen in case.history.of(Sighting):
        yield seen.reader, seen.project, seen.text
    for page in case.pages:
        yield page.path, page.project, page.text


def _project(token: str) -> int:
    found = TOKEN.match(token)
    return int(found[1]) if found else 0
