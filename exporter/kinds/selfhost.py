"""The hosted server in a folder, ready to run in containers, with this widget.

It is this program's own source without the app: what serves there is what was tried
here. No secret is in it; the checklist says where each goes.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.contract.errors import WorldError
from exporter.files import write_widget
from exporter.packages import Package, rendered
from exporter.providers.registry import provider
from exporter.snippets import checked_host

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

_PARTS = ("exporter", "resources", "server")
_LEFT_OUT = ("__pycache__", "style", "scenarios", "devices")
_DESKTOP_ONLY = re.compile(
    r"pyside6|shiboken6|superqt|qtpy|pygments|keyring|jaraco|secretstorage|jeepney"
    r"|more-itertools|backports-tarfile|importlib-metadata|lazy-importer|zipp"
)
_NOTES = (
    "No key, token or password is in it: the checklist in README.txt says where each "
    "is made.",
)


def make(widget: Widget, host: str) -> Package:
    """The folder; `host` becomes the address the world sees. Raises WorldError."""
    context = {
        "name": widget.name,
        "key": widget.key,
        "host": checked_host(host) if host else "https://chat.example.com",
        "secrets": list(provider(widget.provider).secrets),
        "domains": widget.domains,
        "any_site": widget.any_site,
        "notes": _NOTES,
    }
    made = {
        name: rendered(f"selfhost/{_template(name)}.txt.j2", context)
        for name in ("README.txt", "compose.yaml", "Dockerfile", ".env.example")
    }
    return Package(
        {
            **made,
            "NOTICE.txt": rendered("NOTICE.txt.j2", {}),
            f"widgets/{widget.key}.widget.json": write_widget(widget),
            **_program(),
        },
        _NOTES,
    )


def _template(name: str) -> str:
    return name.strip(".").removesuffix(".txt")


@cache
def _program() -> dict[str, bytes]:
    home = Path(str(files("resources"))).parent
    try:
        lock = (home / "requirements" / "runtime.txt").read_text("utf-8")
        found = {
            f"app/{path.relative_to(home).as_posix()}": path.read_bytes()
            for part in _PARTS
            for path in sorted((home / part).rglob("*"))
            if path.is_file() and not set(_LEFT_OUT) & set(path.relative_to(home).parts)
        }
        found["app/main.py"] = (home / "main.py").read_bytes()
    except OSError as error:
        raise WorldError(
            "This installation of Vitrine has no source to pack.",
            "Run it from a checkout of the project.",
        ) from error
    return {**found, "app/requirements.txt": _requirements(lock)}


def _requirements(lock: str) -> bytes:
    """The pins that the server needs, without their remarks."""
    lines = (line.partition("#")[0].strip() for line in lock.splitlines())
    kept = [line for line in lines if line and not _DESKTOP_ONLY.match(line)]
    return ("\n".join(kept) + "\n").encode()
