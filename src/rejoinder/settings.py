"""Everything an operator can set, read once from `REJOINDER_*` and passed down."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

PREFIX = "REJOINDER_"


class SettingsError(Exception):
    """A setting is misspelt or has a value that cannot be used; the text names it."""


class Settings(Struct, frozen=True, kw_only=True):
    """The operator's settings. Each field is `REJOINDER_<FIELD>` in the environment."""

    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8000
    data_dir: Path = Path("data")
    files_url: str = ""
    database_url: str = ""
    redis_url: str = ""
    public_url: str = ""
    trusted_proxies: str = ""
    forwarded_header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for"
    files_public_url: str = ""
    secret_key: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    workers: Annotated[int, Meta(ge=1, le=64)] = 1
    log_format: Literal["auto", "console", "json"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    background_jobs: bool = True
    egress_ports: str = "80,443,8080,8443"
    egress_networks: str = ""
    analytics_capture_url: str = ""
    analytics_token: str = ""
    rate_limits: bool = True
    limit_api_burst: str = "480/minute"
    limit_api_sustained: str = "4800/hour"
    limit_login: str = "20/hour"
    limit_login_address: str = "100/hour"
    limit_password_reset: str = "3/hour"  # noqa: S105  a rate
    limit_capture: str = "6000/minute"
    limit_identify: str = "1200/minute"
    limit_external_burst: str = "120/minute"
    limit_external_sustained: str = "1200/hour"
    limit_widget_write: str = "30/minute"
    limit_widget_poll: str = "240/minute"
    limit_widget_token_write: str = "3600/hour"  # noqa: S105  a rate
    limit_widget_token_poll: str = "300000/minute"  # noqa: S105  a rate
    limit_widget_restore: str = "3/hour"
    limit_widget_redeem: str = "10/minute"
    forward_events_to: str = ""
    max_body_bytes: Annotated[int, Meta(ge=1024)] = 1_048_576
    max_upload_bytes: Annotated[int, Meta(ge=1024)] = 26_214_400
    max_in_flight: Annotated[int, Meta(ge=1)] = 500
    project_share: Annotated[int, Meta(ge=1)] = 8
    max_streams: Annotated[int, Meta(ge=0)] = 5_000
    stream_patience_s: Annotated[float, Meta(gt=0)] = 30.0
    request_timeout_s: Annotated[float, Meta(gt=0)] = 15.0
    upload_timeout_s: Annotated[float, Meta(gt=0)] = 300.0
    session_idle_h: Annotated[int, Meta(ge=1, le=24 * 365)] = 12
    session_absolute_d: Annotated[int, Meta(ge=1, le=365)] = 7
    attachment_url_s: Annotated[int, Meta(ge=60)] = 3_600
    access_log: bool = True
    statement_timeout_ms: Annotated[int, Meta(ge=100)] = 4_000
    lock_timeout_ms: Annotated[int, Meta(ge=50)] = 2_000
    job_statement_timeout_ms: Annotated[int, Meta(ge=100)] = 60_000
    pool_size: Annotated[int, Meta(ge=2, le=200)] = 12
    coalesce_reads: bool = True
    batch_writes: bool = True
    rendered_mb: Annotated[int, Meta(ge=0, le=65536)] = 32
    pool_wait_ms: Annotated[int, Meta(ge=10)] = 1_000

    @property
    def base_url(self) -> str:
        """The address under which people reach this server, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def load(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """The settings from the environment, with `overrides` on top (None = not given).

    Raises:
        SettingsError: a `REJOINDER_` variable that does not exist, or a value of the wrong kind.
    """
    source = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for name, value in source.items():
        if not name.startswith(PREFIX):
            continue
        field = name.removeprefix(PREFIX).lower()
        if field not in Settings.__struct_fields__:
            raise SettingsError(f"{name} is not a setting. {_nearest(field)}")
        values[field] = value
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$.")
        raise SettingsError(f"{PREFIX}{place.rstrip('`').upper()}: {reason}") from None


def _decode(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value)).expanduser()
    raise NotImplementedError(kind)


def _nearest(field: str) -> str:
    near = get_close_matches(field, Settings.__struct_fields__, n=1)
    return f"Did you mean {PREFIX}{near[0].upper()}?" if near else "See docs/guide/settings.md."
