"""What the server is put together from: who has the widgets, the secrets, the say.

The hosted server and the desktop's preview are the same app with different parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from exporter.contract.widget import Widget
    from server.messages import Request
    from server.store.keys import Keys


class Absence(StrEnum):
    """Why there is no widget under a key."""

    UNKNOWN = "unknown"
    PAUSED = "paused"
    REVOKED = "revoked"
    EXPIRED = "expired"


ABSENCES = {
    Absence.UNKNOWN: "there is no chat under this key. Check the embed code.",
    Absence.PAUSED: "this chat is paused by its owner.",
    Absence.REVOKED: "this chat's licence was withdrawn. Ask its owner.",
    Absence.EXPIRED: "this chat's licence has run out. Ask its owner.",
}
"""What a page is told, as the end of a sentence."""


class Published(Protocol):
    """A widget as it is served; `version` changes whenever what is served does.

    `config` is `runtime_config(widget)`; both may be read late, since the preview's
    first page has the config before the models are there.
    """

    @property
    def key(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def config(self) -> dict[str, Any]: ...
    @property
    def widget(self) -> Widget: ...


class Widgets(Protocol):
    """Looks widgets up; must not block the event loop."""

    async def find(self, key: str) -> Published | Absence:
        """The widget of that key, or why there is none."""


class Secrets(Protocol):
    """Gives out a widget's secrets, to the server's own calls alone."""

    async def read(self, widget_key: str, name: str) -> str | None:
        """The secret of that name; None where the owner set none."""


@dataclass(frozen=True)
class Policy:
    """Who may do what, and how the outside sees this server.

    `base` is the public address without a closing slash. `private_upstreams` lets
    the relay reach addresses of this machine and its network: an operator's choice.
    `warm_after` is when FastAPI is brought in unless asked for, in seconds.
    `keys` seal what pages keep for us; None: keys of this process's own.
    """

    base: str
    kind: str = "hosted"
    private_upstreams: bool = False
    check_origin: bool = True
    compress: bool = True
    warm_after: float = 0
    keys: Keys | None = field(default=None, repr=False)
    script_cache: str = (
        "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    )

    def config(self, request: Request, published: Published) -> dict[str, Any]:
        """What a script gets as its config."""
        return published.config

    def host_values(self, request: Request, published: Published) -> dict[str, Any]:
        """What a script is told beside kind, base and runtime."""
        return {}

    def variant(self, request: Request) -> str | None:
        """Names what makes scripts of one version differ; None: keep none."""
        return ""

    @property
    def any_parent(self) -> bool:
        """Whether every page may frame ours: the preview's canvas and sites do."""
        return self.kind == "preview"

    def frame_token(self, published: Published) -> str:
        """What a frame's page has to show at the session call; "" where nothing."""
        return ""

    def visitor(self, published: Published, claimed: str) -> str:
        """The id under which the backend keeps a visitor's conversations.

        `claimed` is what the page says, "" for nothing.
        """
        raise NotImplementedError

    def allows(self, published: Published, origin: str) -> bool:
        """Whether a page of this Origin may use the widget."""
        if not self.check_origin:
            return True
        own = origin == self.base
        return own or published.widget.domain_rules().allows(origin)
