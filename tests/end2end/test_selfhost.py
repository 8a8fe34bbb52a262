"""The self-host folder, started as its checklist says, but for the container engine.

The server runs from the package's own files, with nothing in reach that its own
requirements do not name; the widget comes in from the folder and from an upload file.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import secrets
import shlex
import socket
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml  # type: ignore[import-untyped]

from exporter.packages import make_package
from tests.end2end.chat import ANSWER, KEY, n8n_widget, talk
from tests.standins.n8n import N8nStandIn, Workflow, says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from exporter.contract.widget import Widget
    from tests.standins.static import StaticHost

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]
FENCE = """
import os, re, sys
from importlib.metadata import packages_distributions
from pathlib import Path
named = {
    re.split("[=; ]", line)[0].lower().replace("_", "-")
    for line in Path(os.environ["FENCE_REQUIREMENTS"]).read_text().splitlines()
}
def known(name):
    return re.sub("[-_.]+", "-", name).lower() in named | {"pip", "setuptools"}
hidden = {
    module for module, parts in packages_distributions().items()
    if not any(map(known, parts))
}
class Fence:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Fence())
"""
"""A sitecustomize.py: what the requirements do not name is as if not installed."""


class SelfHost:
    """The unpacked folder; its commands run as they would in the container."""

    def __init__(self, folder: Path, widget: Widget) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.base = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.folder = folder / "chat"
        self.package = make_package(widget, "selfhost", host=self.base)
        with zipfile.ZipFile(io.BytesIO(self.package.zipped())) as archive:
            archive.extractall(self.folder)
        fence = folder / "fence"
        fence.mkdir()
        (fence / "sitecustomize.py").write_text(FENCE)
        self.environment = {
            **self._filled_in(folder),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(fence),
            "FENCE_REQUIREMENTS": str(self.folder / "app" / "requirements.txt"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "VITRINE_BIND": self.base.removeprefix("http://"),
            "VITRINE_DATABASE": str(folder / "server.db"),
        }

    def _filled_in(self, folder: Path) -> dict[str, str]:
        """The settings of .env.example, with what a person fills in."""
        text = (self.folder / ".env.example").read_text("utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        found = dict(line.split("=", 1) for line in lines if line)
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        return {**found, "VITRINE_SECRETS_KEYS": key, "VITRINE_PRIVATE_UPSTREAMS": "1"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command of the package's own program."""
        return subprocess.Popen(
            [sys.executable, "main.py", *words],
            cwd=self.folder / "app",
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> str:
        """A command's output, when it is done."""
        process = self.start(*words)
        out, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
        return out

    def readme(self, start: str) -> list[str]:
        """A command of the checklist, in words."""
        text = self.package.files["README.txt"].decode().replace("\\\n", " ")
        found = re.search(rf"^ +({re.escape(start)}.*(?:\n +--.*)*)$", text, re.M)
        assert found, start
        return shlex.split(found[1])


@pytest.fixture
def chat() -> Iterator[tuple[N8nStandIn, Workflow]]:
    """A workflow that wants credentials, which only the server knows."""
    with N8nStandIn() as n8n:
        yield n8n, n8n.add(Workflow(says(ANSWER), auth=("user", "pass")))


@pytest.fixture
def selfhost(
    chat: tuple[N8nStandIn, Workflow], host: StaticHost, tmp_path: Path
) -> SelfHost:
    """The folder for a widget that the static host's site may carry."""
    site = host.base.removeprefix("http://")
    return SelfHost(tmp_path, n8n_widget(chat[1].url, domains=[site]))


@pytest.fixture
def server(selfhost: SelfHost) -> Iterator[SelfHost]:
    """Its server at work."""
    process = selfhost.start("serve")
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("Vitrine serves at"):
        process.kill()
        raise AssertionError(process.communicate()[1])
    yield selfhost
    process.terminate()
    process.communicate(timeout=30)


def test_the_checklist_leads_to_a_chat_that_answers(
    server: SelfHost,
    chat: tuple[N8nStandIn, Workflow],
    host: StaticHost,
    page: Page,
    tmp_path: Path,
) -> None:
    inside = ["docker", "compose", "exec", "chat", "python", "main.py"]
    words = server.readme("docker compose exec chat python main.py license")
    assert words[:6] == inside
    licence: dict[str, Any] = json.loads(server.run(*words[6:], "--json"))

    words = server.readme("docker compose exec chat python main.py upload")
    file = f"../{words[7]}"  # the image has them beside the program
    server.run("upload", file, "--license", licence["license"])
    secret = httpx.put(
        f"{server.base}/api/widgets/{KEY}/secrets/webhook_auth",
        headers={"Authorization": f"Bearer {licence['token']}"},
        json={"value": "user:pass"},
    )
    assert secret.is_success, secret.text

    readme = server.package.files["README.txt"].decode()
    tag = re.search(r"<script src=.*</script>", readme)
    assert tag
    (host.folder / "shop.html").write_text(f"<!doctype html><p>Shop</p>{tag[0]}")
    page.goto(f"{host.base}/shop.html")
    talk(page)
    (message,) = chat[0].messages()
    sealed = base64.b64encode(b"user:pass").decode()
    assert httpx.Headers(message.headers)["authorization"] == f"Basic {sealed}"

    again = n8n_widget(
        chat[1].url, domains=[host.base.removeprefix("http://")], name="Again"
    )
    upload = tmp_path / "again.zip"
    upload.write_bytes(make_package(again, "upload").zipped())
    said = server.run("upload", str(upload), "--license", licence["license"])
    assert said == f"Again ({KEY}) is at version 2, live.\n"


def test_the_container_is_made_of_what_the_folder_has(server: SelfHost) -> None:
    files = server.package.files
    compose = yaml.safe_load(files["compose.yaml"])
    chat = compose["services"]["chat"]
    assert (chat["build"], chat["env_file"]) == (".", ".env")
    recipe = files["Dockerfile"].decode().splitlines()
    copied = [line.split()[1] for line in recipe if line.startswith("COPY")]
    assert copied == ["app/requirements.txt", "app/", "widgets/"]
    assert all(any(name.startswith(one) for name in files) for one in copied)
    assert all(volume.split(":")[0] in compose["volumes"] for volume in chat["volumes"])
    command, *rest = chat["healthcheck"]["test"]
    assert (command, rest[0]) == ("CMD", "python")
    probe = rest[2].replace("http://127.0.0.1:8080", server.base)
    assert probe != rest[2]
    subprocess.run([sys.executable, "-c", probe], check=True, timeout=20)


def test_the_fence_hides_what_the_requirements_do_not_name(selfhost: SelfHost) -> None:
    code = "import httpx, fastapi\ntry: import PySide6\nexcept ImportError: print('no')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=selfhost.environment,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "no\n", done.stderr
