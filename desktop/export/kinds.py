"""How each kind of package presents itself: its name, and what its receiver does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KindFace:
    """`ending` of the file's name; `may_name_server`: it can ask a hosted server."""

    title: str
    icon: str
    ending: str
    steps: tuple[str, ...]
    may_name_server: bool = False


KIND_FACES = {
    "website": KindFace(
        "Website folder",
        "globe",
        "-website.zip",
        (
            "Unpack it and open index.html through any web server.",
            "Upload the folder to any static host.",
            "Send a message on the page once it is up.",
        ),
    ),
    "portal": KindFace(
        "Portal page",
        "app-window",
        "-portal.zip",
        (
            "Upload the folder to any static host.",
            "Link to its address from a menu, a mail or a QR code.",
            "Open it on a phone once.",
        ),
    ),
    "extension": KindFace(
        "Browser extension",
        "puzzle",
        "-extension.zip",
        (
            "Unpack it where it can stay.",
            "Open chrome://extensions, switch on Developer mode, and choose “Load "
            "unpacked”.",
            "Open one of the widget's sites.",
        ),
    ),
    "wordpress": KindFace(
        "WordPress plugin",
        "newspaper",
        "-wordpress.zip",
        (
            "In WordPress open Plugins, Add new, Upload plugin, and choose the zip.",
            "Activate it.",
            "Open a page of the site and send a message.",
        ),
        may_name_server=True,
    ),
    "selfhost": KindFace(
        "Self-hosted server",
        "server",
        "-server.zip",
        (
            "Unpack it on the server and copy .env.example to .env.",
            "Go through the checklist in README.txt; it says where each secret goes.",
            "Run docker compose up -d and open the address.",
        ),
        may_name_server=True,
    ),
    "upload": KindFace(
        "Upload file",
        "file-up",
        "-upload.zip",
        (
            "Send it to whoever runs the server.",
            "There: python main.py upload FILE.zip",
            "Set the secrets there; none is in the file.",
        ),
    ),
}
"""By the names of `exporter.packages.KINDS`."""


def face(kind: str) -> KindFace:
    """A kind's face; a plain one for a kind that has none yet."""
    return KIND_FACES.get(kind) or KindFace(
        kind.capitalize(), "package", f"-{kind}.zip", ()
    )
