"""The widget: everything a designer decides, and nothing secret."""

from __future__ import annotations

import secrets
import string
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from exporter.contract.behavior import Behavior
from exporter.contract.composer import Composer
from exporter.contract.domains import Domain, DomainRules, compile_rules
from exporter.contract.header import Header
from exporter.contract.launcher import Launcher
from exporter.contract.layout import Layout
from exporter.contract.messages import History, Messages
from exporter.contract.sentences import written
from exporter.contract.setting import Group, Section, SectionInfo, setting
from exporter.contract.start_screen import StartScreen
from exporter.contract.texts import Texts
from exporter.contract.theme import Theme
from exporter.contract.typography import Typography
from exporter.contract.values import Name, type_of_list

FORMAT = "vitrine.widget"
VERSION = 1
_KEY_LETTERS = string.ascii_letters + string.digits


def new_key() -> str:
    """A fresh widget key: 16 letters and digits, 95 bits of chance."""
    return "".join(secrets.choice(_KEY_LETTERS) for _ in range(16))


class Connection(Section):
    """Where the answers come from; each provider has its own."""

    info: ClassVar = SectionInfo("Connection", "plug", 0)


class Widget(Group):
    """A chat widget; providers narrow `provider` and their own sections.

    Fields stand in the file's order; a section's place in the sidebar is its
    own `info.order`.
    """

    model_config = ConfigDict(title="Vitrine widget", serialize_by_alias=True)

    format: Literal["vitrine.widget"] = "vitrine.widget"
    version: Literal[1] = 1
    key: Annotated[
        str, Field(pattern=written(r"^[A-Za-z0-9]{16}$", "takes 16 letters and digits"))
    ] = Field(default_factory=new_key)
    name: Name = "New widget"
    provider: str
    layout: Layout = Layout()
    launcher: Launcher = Launcher()
    theme: Theme = Theme()
    typography: Typography = Typography()
    header: Header = Header()
    start_screen: StartScreen = StartScreen()
    composer: Composer = Composer()
    messages: Messages = Messages()
    history: History = History()
    behavior: Behavior = Behavior()
    texts: Texts = Texts()
    connection: Connection = Connection()
    domains: Annotated[tuple[Domain, ...], type_of_list] = setting(
        (),
        "Allowed sites",
        "Where the widget may run: shop.example, *.shop.example, localhost:5173.",
        control="domains",
        max_length=200,
    )
    any_site: bool = setting(
        False, "Any site", "Anyone may put this widget on any page."
    )

    def domain_rules(self) -> DomainRules:
        """The compiled rule of which sites may carry this widget."""
        return compile_rules(self.domains, any_site=self.any_site)

    def plain(self) -> dict[str, Any]:
        """The widget as JSON values, in the file's order."""
        return self.model_dump(mode="json")
