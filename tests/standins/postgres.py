"""A real PostgreSQL of our own: initdb into a folder, one server on the loopback.

Not as root, who may not run one: then as `postgres` or `nobody`. Its durability is
the real one, so that a SIGKILL drill means something.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import psycopg

_USER = "vitrine"


def binaries() -> Path | None:
    """The folder of Debian's newest PostgreSQL, or of one on PATH."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parts[-3]),
    )
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    return Path(beside).parent if beside else None


class PostgreSQL:
    """A context manager; `new()` and `empty()` give addresses of empty databases."""

    def __init__(self) -> None:
        programs = binaries()
        assert programs is not None, "PostgreSQL is not installed"
        self._programs = programs
        self._home = Path(tempfile.mkdtemp(prefix="pg-"))
        self._owner = _owner()
        if self._owner:
            shutil.chown(self._home, self._owner, _group(self._owner))
        self._data = self._home / "data"
        self.port = _free_port()
        self._count = 0
        self._emptied = ""

    def __enter__(self) -> Self:
        self._run(
            "initdb", "-D", self._data, "-U", _USER, "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync",
        )  # fmt: skip
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def start(self) -> None:
        """Start and wait until it answers."""
        options = f"-p {self.port} -k {self._home} -h 127.0.0.1 -c max_connections=200"
        log = self._home / "log"
        self._run(
            "pg_ctl", "start", "-w", "-t", "60", "-D", self._data, "-l", log,
            "-o", options,
        )  # fmt: skip

    def stop(self, mode: str = "immediate") -> None:
        """Stop; `immediate` is as good as pulling the plug."""
        self._run("pg_ctl", "stop", "-w", "-m", mode, "-D", self._data, check=False)

    def new(self) -> str:
        """The address of a fresh database."""
        self._count += 1
        name = f"test{self._count}"
        address = f"host=127.0.0.1 port={self.port} user={_USER} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://{_USER}@127.0.0.1:{self.port}/{name}"

    def empty(self) -> str:
        """The address of one database that is emptied each time: quicker than new."""
        if not self._emptied:
            self._emptied = self.new()
            return self._emptied
        name = self._emptied.rpartition("/")[2]
        address = f"host=127.0.0.1 port={self.port} user={_USER} dbname={name}"
        with psycopg.connect(address) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self._emptied

    def dump(self, address: str) -> str:
        """All that a backup of the database holds, in SQL; bytes are hexadecimal."""
        return subprocess.run(
            [str(self._programs / "pg_dump"), address.replace("+psycopg", "")],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    def _run(self, program: str, *arguments: object, check: bool = True) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        if self._owner:
            command = ["setpriv", "--reuid", self._owner, "--regid",
                       _group(self._owner), "--clear-groups", *command]  # fmt: skip
        done = subprocess.run(
            command,
            cwd=self._home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=90,
        )
        assert not check or done.returncode == 0, f"{program} failed"


def _owner() -> str:
    if os.geteuid() != 0:
        return ""
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _group(user: str) -> str:
    import grp
    import pwd

    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
