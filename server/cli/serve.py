"""Run the hosted server."""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import uvicorn

from exporter.bundle import runtime_bundles
from exporter.contract.errors import WorldError
from server.cli.opening import add_database
from server.serving import server_config, settle
from server.settings import VARIABLES, public_url_of, read_settings, url_of
from server.watching.logs import log_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.cli.runner import Parser
    from server.hosted import HostedApp


def add_arguments(parser: Parser) -> None:
    """Where to listen and what to keep widgets in; the rest is in the environment."""
    parser.add_argument(
        "--bind", metavar="HOST:PORT", default="", help="where to listen"
    )
    add_database(parser)
    width = max(map(len, VARIABLES)) + 2
    lines = (f"  {name:{width}}{words}" for name, words in VARIABLES.items())
    parser.epilog = "from the environment:\n" + "\n".join(lines)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; answers 0."""
    from server.hosted import hosted
    from server.store.database import Database
    from server.store.migrating import migrate

    settings = read_settings(bind=arguments.bind, database=arguments.database)
    listening = _listen(settings.bind)
    if not settings.public_url:
        here = url_of(listening.getsockname()[:2])
        settings = replace(settings, public_url=public_url_of(here))
    database = Database(settings.database)
    try:
        migrate(database)
        app = hosted(settings, database, runtime_bundles())
        config = server_config(app)
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(_serve(config, app, listening, database.spoken))
    finally:
        database.close()
        listening.close()
    return 0


async def _serve(
    config: uvicorn.Config, app: HostedApp, listening: socket.socket, kept: str
) -> None:
    log_json(app.blackout)
    server = _Server(config, app, kept)
    settling = asyncio.create_task(_settle(app))
    await server.serve(sockets=[listening])
    await settling
    await app.close()


async def _settle(app: HostedApp) -> None:
    await app.warm_up()
    settle()


class _Server(uvicorn.Server):
    """uvicorn's, which says when it is ready and ends a signal with exit code 0."""

    def __init__(self, config: uvicorn.Config, app: HostedApp, kept: str) -> None:
        super().__init__(config)
        self._hosted = app
        self._kept = kept

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say where."""
        await super().startup(sockets)
        if self.started and sockets:
            address = sockets[0].getsockname()[:2]
            print(f"Vitrine serves at {url_of(address)} from {self._kept}", flush=True)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop gracefully at SIGTERM and SIGINT; a second one stops at once."""
        before = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: Any) -> None:
        self.force_exit = self.should_exit
        self.should_exit = self._hosted.stopping = True


def _listen(address: tuple[str, int]) -> socket.socket:
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(2048)
    except OSError as error:
        made.close()
        raise WorldError(
            f"{host}:{port} cannot be listened at: {error.strerror or error}.",
            "Choose another with --bind.",
        ) from error
    return made
