"""Publishing to a hosted server: what is there, what would change, and the change.

The client is given, so that tests and the desktop choose how it travels. Each cause
of failure has a sentence of its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from exporter.contract.errors import Finding, InputError, InvalidWidget, WorldError
from exporter.files import write_widget
from exporter.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from exporter.contract.widget import Widget

TIMEOUT = httpx.Timeout(30, connect=5)
_LONG = 80


@dataclass(frozen=True)
class Remote:
    """A widget as the server has it; `config` is its newest version's file."""

    version: int
    live: int | None
    etag: str
    changed_at: str
    script: str
    config: dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One setting that would differ: JSON values, None where it is not there."""

    path: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.path}: {_words(self.before)} → {_words(self.after)}"


@dataclass(frozen=True)
class Published:
    """What the server answered."""

    version: int
    etag: str
    script: str
    created: bool
    live: bool


@dataclass(frozen=True)
class Version:
    """A version that the server keeps; `made_at` as ISO 8601."""

    number: int
    name: str
    made_at: str
    made_by: str
    note: str
    live: bool


class NotReached(WorldError):
    """The server did not answer at all; what was sent may wait."""


class PublishConflict(InputError):
    """Somebody published since: `etag` and `changes` say what is there now."""

    def __init__(self, version: int, etag: str, changes: tuple[Change, ...]) -> None:
        super().__init__(
            f"Somebody published version {version} of this widget since.",
            "Look at what differs, then publish over it or take it over.",
        )
        self.version = version
        self.etag = etag
        self.changes = changes


class Server:
    """One hosted server, and a licence's token for it; the token is never said."""

    def __init__(self, host: str, token: str, client: httpx.Client) -> None:
        if not token.strip():
            raise InputError(
                "There is no token for the server.",
                "Set VITRINE_TOKEN, or paste the token that `license create` printed.",
            )
        self.host = host
        self._client = client
        self._headers = {"Authorization": f"Bearer {token.strip()}"}

    def remote(self, key: str) -> Remote | None:
        """The widget as the server has it; None where it has none."""
        answer = self._ask("GET", _address(key))
        if answer.status_code == 404 and _error(answer)[0]:
            return None
        said = self._json(answer)
        with self._known():
            return Remote(
                int(said["version"]),
                said["live"],
                answer.headers.get("etag", f'"{said["etag"]}"'),
                said["changed_at"],
                said["script"],
                dict(said["widget"]),
            )

    def put(
        self, widget: Widget, seen: Remote | None, *, live: bool = True, note: str = ""
    ) -> Published:
        """Publish over the version that was seen (None: none); all or nothing.

        Raises PublishConflict, InvalidWidget, InputError or WorldError.
        """
        match = {"If-Match": seen.etag} if seen else {"If-None-Match": "*"}
        answer = self._ask(
            "PUT",
            _address(widget.key),
            headers={**match, "Content-Type": "application/json"},
            params={"stage": "live" if live else "staging", "note": note[:200]},
            content=write_widget(widget),
        )
        if answer.status_code == 412:
            raise self._conflict(answer)
        if answer.status_code == 422:
            raise self._invalid(answer)
        return self._published(answer, live=live)

    def versions(self, key: str) -> tuple[Version, ...]:
        """The versions that are kept, the newest first."""
        found = self._json(self._ask("GET", f"{_address(key)}/versions"))
        with self._known():
            return tuple(
                Version(
                    int(one["version"]),
                    str(one["name"]),
                    str(one["made_at"]),
                    str(one["made_by"]),
                    str(one["note"]),
                    bool(one["live"]),
                )
                for one in found["versions"]
            )

    def version(self, key: str, number: int) -> dict[str, Any]:
        """A kept version's widget file."""
        found = self._json(self._ask("GET", f"{_address(key)}/versions/{number}"))
        with self._known():
            return dict(found["widget"])

    def rollback(self, key: str, version: int, etag: str) -> Published:
        """Serve an earlier version again, as a new one."""
        answer = self._ask(
            "POST",
            f"{_address(key)}/rollback",
            headers={"If-Match": etag},
            json={"version": version},
        )
        if answer.status_code == 412:
            raise self._conflict(answer)
        return self._published(answer, live=True)

    def put_secret(self, key: str, name: str, value: str) -> None:
        """Give the server's vault a secret; it never comes back."""
        address = f"{_address(key)}/secrets/{quote(name, safe='')}"
        self._json(self._ask("PUT", address, json={"value": value}))

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {**self._headers, **options.pop("headers", {})}
        try:
            answer = self._client.request(
                method, self.host + path, headers=headers, timeout=TIMEOUT, **options
            )
        except httpx.TimeoutException as error:
            raise NotReached(
                f"{self.host} did not answer in time.", "Try again in a moment."
            ) from error
        except httpx.HTTPError as error:
            raise NotReached(
                f"{self.host} cannot be reached.",
                "Check the address and the network.",
            ) from error
        if answer.status_code >= 300 and answer.status_code not in (404, 412, 422):
            wait = answer.headers.get("retry-after", "")
            raise refusal(self.host, answer.status_code, *_error(answer), wait=wait)
        return answer

    def _json(self, answer: httpx.Response) -> dict[str, Any]:
        if answer.status_code == 404:
            raise InputError(
                _error(answer)[0] or f"{self.host} has nothing of ours there (404).",
                "Check the address: is a Vitrine server at it?",
            )
        return self._said(answer)

    def _published(self, answer: httpx.Response, *, live: bool) -> Published:
        said = self._json(answer)
        with self._known():
            etag = answer.headers.get("etag", f'"{said["etag"]}"')
            created = answer.status_code == 201
            return Published(int(said["version"]), etag, said["script"], created, live)

    def _conflict(self, answer: httpx.Response) -> PublishConflict:
        said = self._said(answer)
        with self._known():
            current = said["current"]
            changes = tuple(
                Change(one["path"], one["before"], one["after"]) for one in said["diff"]
            )
            return PublishConflict(
                int(current["version"]), f'"{current["etag"]}"', changes
            )

    def _invalid(self, answer: httpx.Response) -> InvalidWidget:
        said = self._said(answer)
        with self._known():
            return InvalidWidget(
                tuple(
                    Finding(str(one["path"]), str(one["rule"]), str(one["message"]))
                    for one in said["findings"]
                )
            )

    @contextmanager
    def _known(self) -> Iterator[None]:
        """What is said has to be what a Vitrine server says."""
        try:
            yield
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise InputError(
                f"{self.host} answered something that is not understood.",
                "Is it a Vitrine server, and as new as this app?",
            ) from error

    def _said(self, answer: httpx.Response) -> dict[str, Any]:
        try:
            said = answer.json()
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"{self.host} answered something that is no JSON.",
                "Is it a Vitrine server?",
            ) from error
        if not isinstance(said, dict):
            raise InputError(f"{self.host} is no Vitrine server.")
        return said


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Change, ...]:
    """What differs between two widget files, setting by setting."""
    return tuple(_differences("", dict(before), dict(after)))


def _differences(path: str, before: Any, after: Any) -> list[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        names = list(dict.fromkeys((*after, *before)))
        return [
            change
            for name in names
            for change in _differences(
                f"{path}.{name}" if path else name, before.get(name), after.get(name)
            )
        ]
    return [] if before == after else [Change(path, before, after)]


def _address(key: str) -> str:
    return f"/api/widgets/{key}"


def _error(answer: httpx.Response) -> tuple[str, str]:
    """The server's own sentence and hint, where it is one of ours."""
    try:
        error = answer.json()["error"]
        return str(error["message"]), str(error.get("hint", ""))
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", ""


def _words(value: Any) -> str:
    text = "nothing" if value in (None, "") else str(value)
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
