"""The bodies and answers of the project API."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from rejoinder.auth.types import Level
from rejoinder.organizations.settings import as_dict
from rejoinder.organizations.types import Project

_TOKEN: Final = "widget_public_token"  # noqa: S105  a name, not a token


Name = Annotated[str, Meta(max_length=200, examples=["Support"])]


class PatchProject(Struct, frozen=True, kw_only=True):
    """What is absent stays as it is; settings are merged one by one, null unsets one."""

    name: Name | UnsetType = UNSET
    conversations_enabled: bool | UnsetType = UNSET
    conversations_settings: dict[str, Any] | UnsetType | None = UNSET

    @property
    def enabled(self) -> bool | None:
        return None if self.conversations_enabled is UNSET else self.conversations_enabled

    @property
    def settings(self) -> dict[str, Any]:
        """Without the widget's token, which clients send back as they read it."""
        given = self.conversations_settings or {}
        return {name: value for name, value in given.items() if name != _TOKEN}


class OrganizationBody(Struct, frozen=True):
    """What the organization is called."""

    name: Name


class NewProjectBody(Struct, frozen=True):
    """A project begins with a name."""

    name: Name


class ProjectName(Struct, frozen=True):
    """A project of the organization."""

    id: int
    name: str


class OrganizationOut(Struct, frozen=True):
    """An organization as one of its members sees it; `level` is the caller's."""

    id: UUID
    name: str
    level: Level
    created_at: datetime
    projects: list[ProjectName]


class ProjectOut(Struct, frozen=True):
    """A project; its secrets only for those who may change it."""

    id: int
    name: str
    organization: UUID
    api_token: str
    secret_api_token: str | None
    secret_api_token_backup: str | None
    conversations_enabled: bool
    conversations_settings: dict[str, Any]
    created_at: datetime


def project_out(project: Project, *, trusted: bool) -> ProjectOut:
    settings = as_dict(project.conversations_settings)
    return ProjectOut(
        id=project.id,
        name=project.name,
        organization=project.organization_id,
        api_token=project.api_token,
        secret_api_token=project.secret_api_token if trusted else None,
        secret_api_token_backup=project.secret_api_token_backup if trusted else None,
        conversations_enabled=project.conversations_enabled,
        conversations_settings=settings | {_TOKEN: project.widget_public_token},
        created_at=project.created_at,
    )
