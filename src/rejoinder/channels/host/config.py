"""The remote configuration that posthog-js begins with, made from a project's settings."""

from typing import Final, TypeVar

import msgspec
from msgspec import Struct, UnsetType

from rejoinder.organizations.settings import decoded
from rejoinder.organizations.types import Project

T = TypeVar("T")

_GREETING: Final = "Hey, how can I help you today?"
_FORM_DESCRIPTION: Final = "Please provide your details so we can help you better."


class WidgetConfig(Struct, frozen=True, kw_only=True, rename="camel"):
    """How the widget looks and behaves, and the token it sends."""

    enabled: bool
    widget_enabled: bool
    token: str
    greeting_text: str
    color: str
    placeholder_text: str
    require_email: bool
    collect_name: bool
    identification_form_title: str
    identification_form_description: str
    domains: list[str]
    widget_position: str


class Analytics(Struct, frozen=True):
    endpoint: str = "/i/v0/e/"


class RemoteConfig(Struct, frozen=True, kw_only=True, rename="camel"):
    """What is switched off here saves a page the requests that we would answer with nothing."""

    token: str
    conversations: WidgetConfig | bool
    # Gzip goes as text/plain, which spares pages of other sites a preflight for each batch.
    supported_compression: tuple[str, ...] = ("gzip-js",)
    analytics: Analytics = Analytics()
    has_feature_flags: bool = False
    autocapture_opt_out: bool = msgspec.field(name="autocapture_opt_out")
    autocapture_exceptions: bool = False
    capture_dead_clicks: bool = False
    capture_performance: bool = False
    session_recording: bool = False
    heatmaps: bool = False
    surveys: bool = False
    product_tours: bool = False
    default_identified_only: bool = True
    elements_chain_as_string: bool = True
    is_authenticated: bool = False
    toolbar_params: dict[str, str] = {}
    site_apps: list[str] = []


def remote_config(project: Project, *, forwards: bool) -> RemoteConfig:
    """The project's configuration; pages capture by themselves only if events go anywhere."""
    return RemoteConfig(
        token=project.api_token,
        conversations=project.conversations_enabled and _widget(project),
        autocapture_opt_out=not forwards,
    )


def _widget(project: Project) -> WidgetConfig:
    settings = decoded(project.conversations_settings)
    return WidgetConfig(
        enabled=True,
        widget_enabled=_or(settings.widget_enabled, default=False),
        token=project.widget_public_token,
        greeting_text=_or(settings.widget_greeting_text, _GREETING),
        color=_or(settings.widget_color, "#1d4aff"),
        placeholder_text=_or(settings.widget_placeholder_text, "Type your message..."),
        require_email=_or(settings.widget_require_email, default=False),
        collect_name=_or(settings.widget_collect_name, default=False),
        identification_form_title=_or(
            settings.widget_identification_form_title, "Before we start..."
        ),
        identification_form_description=_or(
            settings.widget_identification_form_description, _FORM_DESCRIPTION
        ),
        domains=_or(settings.widget_domains, []),
        widget_position=_or(settings.widget_position, "bottom_right"),
    )


def _or(value: T | UnsetType, default: T) -> T:
    return default if isinstance(value, UnsetType) else value
