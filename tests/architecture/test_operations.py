"""What the operators' page names exists: figures and commands."""

import re

import pytest
from prometheus_client import REGISTRY
from typer.main import get_command

import rejoinder.app.application  # so that every figure is known
from rejoinder.cli.main import app
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "guide" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\brejoinder_[a-z_]+", PAGE))))
def test_a_figure_to_watch_exists(name: str) -> None:
    known = {metric.name for metric in REGISTRY.collect()}

    assert rejoinder.app.application.create
    assert name.removesuffix("_total") in known


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`rejoinder ([a-z]+)", PAGE))))
def test_a_command_exists(name: str) -> None:
    assert name in getattr(get_command(app), "commands")  # noqa: B009  a group has them
