"""A third provider is one new folder: no line elsewhere knows of it."""

from __future__ import annotations

import json
import sys
from importlib import invalidate_caches
from typing import TYPE_CHECKING

import pytest

from exporter import providers as folder
from exporter.contract.errors import NeedsServer
from exporter.contract.specs import sections_of, settings_of
from exporter.editing import switch_provider
from exporter.files import read_widget
from exporter.packages import website
from exporter.providers import registry
from exporter.providers.registry import provider, provider_names, providers
from exporter.runtime_config import runtime_config
from exporter.schema import schema
from exporter.snippets import snippet
from main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ECHO = "exporter.providers.echo"
SETTINGS = '''
"""What an echo widget can set."""

from typing import Literal

from exporter.contract.setting import setting
from exporter.contract.theme import Theme
from exporter.contract.values import WebAddress
from exporter.contract.widget import Connection, Widget


class EchoTheme(Theme):
    radius: Literal["edgy", "medium"] = setting(
        "medium", "Corners", options={"edgy": "Edgy", "medium": "Medium"}
    )


class EchoConnection(Connection):
    delay: int = setting(1, "Delay", control="slider", unit="s", ge=0, le=9)
    address: WebAddress = setting("", "Address")


class EchoWidget(Widget):
    provider: Literal["echo"] = "echo"
    theme: EchoTheme = EchoTheme()
    connection: EchoConnection = EchoConnection()
'''
PROVIDER = '''
"""The echo provider."""

from exporter.contract.provider import Provider
from exporter.providers.echo.settings import EchoWidget

PROVIDER = Provider(
    name="echo",
    title="Echo",
    tagline="Says it again",
    widget=EchoWidget,
    runtime_connection=lambda widget: {"delay": widget.connection.delay},
    samples=lambda: (EchoWidget(name="Echo sample"),),
    faults=lambda widget: (),
)
'''


@pytest.fixture(autouse=True)
def _echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    home = tmp_path / "dropped" / "echo"
    home.mkdir(parents=True)
    for name, text in {
        "__init__": "",
        "settings": SETTINGS,
        "provider": PROVIDER,
    }.items():
        (home / f"{name}.py").write_text(text)
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(home.parent)])
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    invalidate_caches()
    registry.refresh()
    for name in [
        name for name in sys.modules if name.startswith("exporter.providers.echo")
    ]:
        del sys.modules[name]


def test_it_is_there() -> None:
    assert provider_names() == ("chatkit", "echo", "n8n")
    assert provider("echo").title == "Echo"


def test_it_has_every_shared_section_and_its_own_settings() -> None:
    sections = {section.name for section in sections_of(provider("echo").widget)}
    assert sections >= {"connection", "theme", "layout", "launcher", "domains"}
    assert settings_of(provider("echo").widget)["connection.delay"].maximum == 9


def test_it_is_in_the_schema() -> None:
    document = schema()
    assert {"$ref": "#/$defs/EchoWidget"} in document["oneOf"]
    assert "delay" in document["$defs"]["EchoConnection"]["properties"]


def test_widgets_move_to_it_and_back() -> None:
    for other in providers():
        moved = switch_provider(other.samples()[0], provider("echo"))
        assert moved.widget.provider == "echo"
        assert moved.widget.theme.radius == "medium"
        assert switch_provider(moved.widget, other).widget.provider == other.name


def test_the_command_line_makes_checks_and_embeds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "echo.widget.json")
    make = ["new", "--provider", "echo", "--set", "connection.delay=3", "-o", file]
    assert main([*make, "--set", 'domains=["shop.example"]']) == 0
    assert main(["check", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    assert main(["embed", file, "--host", "https://chat.example.com"]) == 0
    assert "<script src=" in capsys.readouterr().out
    with open(file, "rb") as stream:
        assert runtime_config(read_widget(stream.read()))["connection"] == {"delay": 3}


def test_what_it_does_not_announce_is_refused_in_a_sentence() -> None:
    sample = provider("echo").samples()[0]
    with pytest.raises(NeedsServer, match="needs a server"):
        website(sample)
    assert snippet(sample, "https://chat.example.com").code
