"""Real builds with the packages that `scripts/setup --tests` installs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

MODULES = Path(__file__).parents[1] / "npm" / "node_modules"
NODE = shutil.which("node") or ""
NEEDED = [
    pytest.mark.skipif(not NODE, reason="no Node.js here"),
    pytest.mark.skipif(
        not (MODULES / "vite").is_dir(), reason="tests/npm is not installed"
    ),
]
_QUIET = {
    "NEXT_TELEMETRY_DISABLED": "1",
    "ASTRO_TELEMETRY_DISABLED": "1",
    "NG_CLI_ANALYTICS": "false",
    "CI": "1",
}
_VITE = """import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { readdirSync } from "node:fs";
const input = readdirSync(".").filter((name) => name.endsWith(".html"));
export default {
  plugins: [vue(), svelte()],
  oxc: { jsx: { runtime: "automatic" } },
  build: { rollupOptions: { input } },
};
"""


def project(folder: Path, files: dict[str, str]) -> None:
    """Lay a project out, with the packages in reach."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "node_modules").symlink_to(MODULES)
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")


def run_tool(folder: Path, *command: str) -> None:
    """Run a tool of tests/npm in a project's folder."""
    done = subprocess.run(
        [NODE, str(MODULES / command[0]), *command[1:]],
        cwd=folder,
        env={**os.environ, **_QUIET},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


def vite_site(folder: Path, target: Path, files: dict[str, str]) -> None:
    """One site of all the HTML pages in `files`, below the path /`target.name`/."""
    package = {"package.json": '{"type": "module", "private": true}'}
    project(folder, {**package, "vite.config.js": _VITE, **files})
    base = f"/{target.name}/"
    run_tool(folder, "vite/bin/vite.js", "build", "--base", base, "--logLevel=error")
    shutil.copytree(folder / "dist", target)


def entry_page(title: str, entry: str, body: str = '<div id="app"></div>') -> str:
    """The HTML page that starts a module."""
    return (
        f'<!doctype html><meta charset="utf-8"><title>{title}</title>{body}'
        f'<script type="module" src="/{entry}"></script>'
    )
