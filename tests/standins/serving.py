"""`main.py serve` as a process that can be killed, frozen and started again."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Self

import httpx

from tests.standins.hosted import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NO_LIMITS = ",".join(
    f"{kind}.{scope}=100000000/second"
    for kind, scopes in {
        "message": ("session", "address", "licence"),
        "session": ("session", "address", "licence"),
        "event": ("address", "licence"),
        "owner": ("address",),
        "api": ("licence",),
        "token": ("address",),
    }.items()
    for scope in scopes
)
_SECONDS = 60.0


class Serving:
    """One server; `port` stays the same over all its lives. A context manager.

    `most_bytes` is as large as a file of it may grow: a disk that is full.
    """

    def __init__(
        self,
        database: str,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        *,
        most_bytes: int = 0,
    ) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = int(one.getsockname()[1])
        self.base = f"http://127.0.0.1:{self.port}"
        self.database = database
        self._log = folder / f"serve-{self.port}.log"
        self.most_bytes = most_bytes
        self._environment = {"VITRINE_LIMITS": NO_LIMITS, **(environment or {})}
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Start, and wait until it is ready."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "main.py"), "serve", "--bind",
                 f"127.0.0.1:{self.port}", "--database", self.database],
                env=_clean(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=self._limit if self.most_bytes else None,
            )  # fmt: skip
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = _SECONDS) -> None:
        """Wait until it says that it is ready."""
        end = time.monotonic() + seconds
        while True:
            try:
                if httpx.get(f"{self.base}/readyz", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            assert self.process is not None
            assert self.process.poll() is None, self.log()[-2000:]
            assert time.monotonic() < end, self.log()[-2000:]

    def kill(self) -> None:
        """As good as pulling the plug."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def stop(self, seconds: float = 30) -> int:
        """Ask it to stop, and wait; its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(seconds)
        self.process = None
        return code

    def log(self) -> str:
        """Whatever it wrote."""
        return self._log.read_text("utf-8", "replace")

    def _limit(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.most_bytes,) * 2)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


class Owner:
    """A licence's owner, who asks by HTTP; `licence` and `token` are its own."""

    def __init__(self, database: str, tier: str = "agency", **environment: str) -> None:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "license", "create", "--tier",
             tier, "--json", "--database", database],
            env=_clean(environment),
            capture_output=True,
            text=True,
            timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        self.licence, self.token = str(said["license"]), str(said["token"])

    @property
    def headers(self) -> dict[str, str]:
        """What says who asks."""
        return {"authorization": f"Bearer {self.token}"}

    def put(self, base: str, widget: Any, etag: str = "") -> httpx.Response:
        """Publish a widget, as new or in place of the one with that ETag."""
        from exporter.files import write_widget

        match = {"if-match": etag} if etag else {"if-none-match": "*"}
        return httpx.put(
            f"{base}/api/widgets/{widget.key}",
            content=write_widget(widget),
            headers={**self.headers, **match, "content-type": "application/json"},
            timeout=30,
        )

    def set_secret(self, base: str, key: str, name: str, value: str) -> httpx.Response:
        """Set a secret of a widget."""
        return httpx.put(
            f"{base}/api/widgets/{key}/secrets/{name}",
            json={"value": value},
            headers=self.headers,
            timeout=30,
        )


def _clean(more: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("VITRINE_") and name != "REDIS_URL"
    }
    return {**kept, **more}
