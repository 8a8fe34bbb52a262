"""A hosted server as a process of its own, and owners who publish to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import httpx

from exporter.providers.n8n.settings import N8nWidget

if TYPE_CHECKING:
    from collections.abc import Callable

MAIN = Path(__file__).parents[2] / "main.py"
SITE = "shop.example"


def command(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run one command of main.py to its end."""
    return subprocess.run(
        [sys.executable, str(MAIN), *arguments],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )


class Server:
    """`main.py serve` on a free port; killed at the end if it still runs."""

    def __init__(self, address: str, folder: Path, **environ: str) -> None:
        self.log = folder / "serve.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    str(MAIN),
                    "serve",
                    "--bind",
                    "127.0.0.1:0",
                ],
                env={
                    **os.environ,
                    "VITRINE_DATABASE": address,
                    "VITRINE_SECRETS_KEYS_FILE": str(folder / "keys"),
                    **environ,
                },
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("Vitrine serves at http://"), self.log.read_text()
        self.base = line.split()[3]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def kill(self) -> None:
        """SIGKILL, and nothing else."""
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@dataclass(frozen=True)
class Taken:
    """A publishing that was acknowledged."""

    key: str
    version: int
    name: str


@dataclass
class Publisher:
    """Publishes one widget again and again; `taken` is what was acknowledged."""

    bases: list[str]
    token: str = field(repr=False)
    key: str
    label: str
    taken: list[Taken] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)

    def publish(self, client: httpx.Client, number: int) -> None:
        """Read, change, send; to each server in turn."""
        base = self.bases[number % len(self.bases)]
        name = f"{self.label} {number}"
        headers = {"authorization": f"Bearer {self.token}"}
        address = f"{base}/api/widgets/{self.key}"
        seen = client.get(address, headers=headers)
        if seen.status_code == 200:
            headers["if-match"] = seen.headers["etag"]
        elif seen.status_code != 404:
            self.refused.append(seen.status_code)
            return
        widget = N8nWidget(key=self.key, name=name, domains=(SITE,))
        try:
            answer = client.put(address, headers=headers, json=widget.plain())
        except httpx.TransportError:
            self.unsure.append(name)
            raise
        if answer.is_success:
            self.taken.append(Taken(self.key, answer.json()["version"], name))
        else:
            self.refused.append(answer.status_code)

    def run(self, client: httpx.Client, go_on: Callable[[], bool]) -> None:
        """Until told otherwise, or the server is gone."""
        number = 0
        while go_on():
            number += 1
            try:
                self.publish(client, number)
            except httpx.TransportError:
                return


class Crowd:
    """Publishers at work, each in a thread."""

    def __init__(self, publishers: list[Publisher]) -> None:
        self.publishers = publishers
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(one,)) for one in publishers
        ]
        for thread in self._threads:
            thread.start()

    @property
    def taken(self) -> list[Taken]:
        """Everything that was acknowledged so far."""
        return [one for publisher in self.publishers for one in list(publisher.taken)]

    def end(self) -> None:
        """Let them stop, and wait for it."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self._threads)

    def _run(self, publisher: Publisher) -> None:
        with httpx.Client(timeout=20) as client:
            publisher.run(client, lambda: not self._stop.is_set())


def new_token(address: str, folder: Path, tier: str = "agency") -> dict[str, Any]:
    """A licence's facts, made as an operator makes it."""
    done = command("license", "create", "--tier", tier, "--json", "--database", address)
    assert done.returncode == 0, done.stderr
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts
