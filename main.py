"""Open the app, or do one job without a window."""

from __future__ import annotations

import os
import sys
from importlib import import_module

COMMANDS = {
    "new": ("exporter.cli.new", "make a widget file"),
    "check": ("exporter.cli.check", "find what is wrong before delivery"),
    "embed": ("exporter.cli.embed", "print the code that puts a widget on a page"),
    "package": ("exporter.cli.package", "make files that work on any static host"),
    "import": ("exporter.cli.import_", "bring a widget along from elsewhere"),
    "shot": ("desktop.shot", "take a picture of a widget on a device"),
    "serve": ("server.cli.serve", "run the hosted server"),
    "license": ("server.cli.license", "make and manage licences of a hosted server"),
    "secrets": ("server.cli.secrets", "seal a hosted server's secrets anew"),
    "upload": ("server.cli.upload", "publish a widget's file beside the server"),
    "publish": ("exporter.cli.publish", "put a widget on a hosted server"),
    "schema": ("exporter.cli.schema", "print the JSON Schema of widget files"),
}
"""Every command: the module that has its arguments and its job, and one line."""


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` name, else open the app."""
    first = arguments[0] if arguments else ""
    if first in COMMANDS:
        from exporter.cli.runner import run_command

        return run_command(first, COMMANDS[first][0], arguments[1:])
    if first.startswith("-") or len(arguments) > 1:
        return _help(arguments)
    return _open(first)


def _open(path: str) -> int:
    if not _has_display():
        from exporter.cli.runner import guarded

        print("No display here, so Vitrine works without a window.", file=sys.stderr)
        return guarded(lambda: int(import_module("desktop.headless").run()))
    import_module("desktop.prelude").begin()
    return int(import_module("desktop.app").run(path or None))


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform in ("offscreen", "minimal"):
        return False
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))) or bool(platform)


def _help(arguments: list[str]) -> int:
    if arguments[0] in ("-h", "--help"):
        print("usage: python main.py [FILE.widget.json]      open the app")
        print("       python main.py COMMAND …               do one job\n")
        for name, (_, line) in COMMANDS.items():
            print(f"  {name:10}{line}")
        print("\nEach command explains itself: python main.py COMMAND --help")
        return 0
    wrong = arguments[0] if arguments[0].startswith("-") else arguments[1]
    print(f"main.py: {wrong!r} is not understood. Try --help.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
