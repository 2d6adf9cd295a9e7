"""Checks of the machine and of what is set on it."""

import shutil
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from rejoinder.channels.host.assets import ABSENT, Assets
from rejoinder.cli.doctor.finding import Finding, fail, ok, warn
from rejoinder.settings import Settings

_LOCAL: Final = {"127.0.0.1", "::1", "localhost"}
_GIGABYTE: Final = 1_000_000_000
_TIGHT: Final = 5 * _GIGABYTE


def check_settings(settings: Settings) -> Finding:
    if not settings.rate_limits:
        hint = "Unset REJOINDER_RATE_LIMITS unless this is a benchmark."
        return warn("settings", "Rate limits are switched off.", hint)
    if settings.public_url and urlsplit(settings.public_url).scheme not in {"http", "https"}:
        hint = "Write it like https://desk.example.org."
        return fail("settings", "REJOINDER_PUBLIC_URL is not a web address.", hint)
    if settings.host not in _LOCAL and not settings.public_url:
        hint = "Set REJOINDER_PUBLIC_URL: it stands in every link."
        return warn("settings", f"Listens on {settings.host} without a public address.", hint)
    return ok("settings", f"The server is reached at {settings.base_url}.")


def check_client() -> Finding:
    """Whether pages can load posthog-js from here."""
    version = Assets().version
    if version:
        return ok("posthog-js", f"Pages load version {version} from this server.")
    return warn("posthog-js", "Pages find no scripts for the widget here.", ABSENT)


def check_disk(data_dir: Path) -> Finding:
    """The disk that the data folder is on, or will be on."""
    absolute = data_dir.absolute()
    folder = next(place for place in (absolute, *absolute.parents) if place.exists())
    free = shutil.disk_usage(folder).free
    detail = f"{free / _GIGABYTE:.1f} GB free at {folder}."
    hint = "Make room: PostgreSQL stops when the disk is full."
    if free < _GIGABYTE:
        return fail("disk", detail, hint)
    if free < _TIGHT:
        return warn("disk", detail, hint)
    return ok("disk", detail)
