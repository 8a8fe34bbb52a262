"""Keeps a strange page in its place, and hears what its own policy refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.canvas.client_site import ClientSite, Fence, Violation
    from desktop.canvas.hub import Session
    from desktop.canvas.page import UntrustedPage

_MOST_VIOLATIONS = 200


class Fencing:
    """`prepare` before a strange page comes; `violations` are those of this load."""

    def __init__(self, page: UntrustedPage) -> None:
        self._page = page
        self._fence: Fence | None = None
        self.violations: list[Violation] = []

    def prepare(self, client: ClientSite | None, session: Session | None) -> None:
        """A page is about to come; it is ours where there is no client."""
        self.violations.clear()
        self._page.setAudioMuted(client is not None)
        if client is not None:
            self._put_up(client, session)

    def _put_up(self, client: ClientSite, session: Session | None) -> None:
        from desktop.canvas.client_site import watcher

        self._fence = client.fence()
        self._page.setUrlRequestInterceptor(self._fence)
        if not self._page.scripts().find("vitrine-client"):
            self._page.scripts().insert(watcher())
            self._page.violated.connect(self._on_violated)
        if session is not None:
            session.send("Page.enable")
            session.send("Page.setBypassCSP", {"enabled": client.forced})

    def _on_violated(self, line: str) -> None:
        from desktop.canvas.client_site import parse_violation

        violation = parse_violation(line)
        if violation is not None and len(self.violations) < _MOST_VIOLATIONS:
            self.violations.append(violation)
