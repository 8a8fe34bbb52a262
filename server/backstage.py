"""What the API's routes do, apart from HTTP: find, check, ask, hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.providers.registry import provider
from server.chatkit.errors import NoBrain
from server.chatkit.memory import MemoryThreads
from server.errors import NoKey, NoRelay, NotReady, OriginRefused, WidgetAbsent
from server.guard.desk import Claims, Desk, Visitor
from server.parts import Absence

if TYPE_CHECKING:
    from exporter.contract.brain import Brain
    from exporter.contract.relay import RelayTarget
    from exporter.contract.widget import Widget
    from server.answers import Session
    from server.chatkit.threads import Threads
    from server.outside import Outside
    from server.parts import Policy, Published, Secrets, Widgets


class Backstage:
    """The routes' common work over the server's parts."""

    def __init__(
        self,
        widgets: Widgets,
        secrets: Secrets,
        policy: Policy,
        outside: Outside,
        desk: Desk | None = None,
        threads: Threads | None = None,
    ) -> None:
        self.widgets = widgets
        self._secrets = secrets
        self.policy = policy
        self.outside = outside
        self.desk = desk or Desk()
        self.threads: Threads = threads or MemoryThreads()

    async def admit(self, key: str, origin: str) -> Published:
        """The widget for a page of that origin; raises WidgetAbsent, OriginRefused."""
        found = await self.widgets.find(key)
        if isinstance(found, Absence):
            raise WidgetAbsent(found)
        if not self.policy.allows(found, origin):
            raise OriginRefused(origin)
        return found

    async def may_ask(self, key: str, origin: str) -> bool:
        """Whether a page of that origin may use the widget; True for an absent one."""
        found = await self.widgets.find(key)
        return isinstance(found, Absence) or self.policy.allows(found, origin)

    async def visitor(self, published: Published, claims: Claims) -> Visitor:
        """Who the visitor is to the backend; raises IdentityRefused."""
        known = await self.desk.visitor(published, claims)
        return known or Visitor(self.policy.visitor(published, claims.user))

    async def open_session(self, published: Published, visitor: Visitor) -> Session:
        """Mint a client secret; raises a kind of SessionError."""
        widget = published.widget
        session = provider(widget.provider).session
        fault = session.fault(widget) if session else "This chat needs no session."
        if session is None or fault:
            raise NotReady(fault)
        key = await self._secrets.read(widget.key, session.secret)
        if not key:
            raise NoKey
        wanted = session.request(widget, visitor.user)
        return await self.outside.sessions.mint(key, wanted)

    async def target(self, published: Published) -> RelayTarget:
        """Where the widget's messages go; raises NoRelay."""
        widget = published.widget
        make = provider(widget.provider).relay_target
        if make is None:
            raise NoRelay("This chat sends no messages through a server.")
        target = make(widget, await self._read_secrets(widget))
        if target is None:
            raise NoRelay("No webhook yet.")
        return target

    async def brain(self, published: Published) -> Brain:
        """What answers where we keep the conversations; raises NoBrain."""
        widget = published.widget
        make = provider(widget.provider).brain
        found = make(widget, await self._read_secrets(widget))
        if found is None:
            raise NoBrain
        return found

    async def _read_secrets(self, widget: Widget) -> dict[str, str]:
        names = [spec.name for spec in provider(widget.provider).secrets]
        values = {name: await self._secrets.read(widget.key, name) for name in names}
        return {name: value for name, value in values.items() if value}
