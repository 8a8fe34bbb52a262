"""What an n8n widget can set beyond what every widget has.

Names, defaults and limits: the Chat Trigger and `@n8n/chat` 1.37.0, and the web
original's sidebar and schema (November 2026).
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from exporter.contract.behavior import Behavior
from exporter.contract.header import Header
from exporter.contract.messages import Messages
from exporter.contract.sentences import written
from exporter.contract.setting import Group, ShownWhen, setting
from exporter.contract.start_screen import StartScreen
from exporter.contract.theme import ON, Grayscale, Theme
from exporter.contract.values import (
    Color,
    EntryName,
    Identifier,
    Image,
    Line,
    Scalar,
    Text,
    WebAddress,
    type_of_list,
)
from exporter.contract.widget import Connection, Widget

_FORBIDDEN_HEADERS = re.compile(
    r"^(authorization|cookie|set-cookie|host|content-(type|length)|origin|referer"
    r"|x-api-key|api-key|proxy-.*|sec-.*)$",
    re.IGNORECASE,
)


def _header_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}", value):
        raise PydanticCustomError("header_name", "is no HTTP header's name")
    if _FORBIDDEN_HEADERS.match(value):
        raise PydanticCustomError(
            "header_secret",
            "would be readable in the page, or is set by the browser; keep "
            "credentials as a secret",
        )
    return value


HeaderName = Annotated[str, AfterValidator(_header_name)]
HeaderValue = Annotated[
    str,
    StringConstraints(
        max_length=1000,
        pattern=written(
            r"^[\x20-\x7e]*$", "takes one line of plain ASCII letters and signs"
        ),
    ),
]


class N8nGrayscale(Grayscale):
    """Tinted greys; `tint` and `shade` in percent."""

    tint: int = setting(
        10, "Tint", control="slider", unit="%", ge=0, le=20, shown_when=ON
    )
    shade: int = setting(
        10, "Shade", control="slider", unit="%", ge=-20, le=20, shown_when=ON
    )


class TextColor(Group):
    """The colour of words."""

    enabled: bool = setting(False, "Own text colour")
    color: Color = setting("#1e293b", "Text", control="color", shown_when=ON)
    dark_color: Color = setting("#e2e8f0", "Text, dark", control="color", shown_when=ON)


class IconColor(Group):
    """The colour of icons inside the chat."""

    enabled: bool = setting(False, "Own icon colour")
    color: Color = setting("#64748b", "Icons", control="color", shown_when=ON)
    dark_color: Color = setting(
        "#94a3b8", "Icons, dark", control="color", shown_when=ON
    )


class UserBubble(Group):
    """The visitor's own messages."""

    enabled: bool = setting(False, "Own bubble colours")
    text: Color = setting("#ffffff", "Text", control="color", shown_when=ON)
    background: Color = setting("#0ea5e9", "Background", control="color", shown_when=ON)


class MarkdownColors(Group):
    """Colours of code, links and tables in replies."""

    enabled: bool = setting(False, "Own Markdown colours")
    code_background: Color = setting(
        "#0f172a", "Code background", control="color", shown_when=ON
    )
    code_text: Color = setting("#e2e8f0", "Code", control="color", shown_when=ON)
    inline_code_background: Color = setting(
        "#e2e8f0", "Inline code background", control="color", shown_when=ON
    )
    inline_code_text: Color = setting(
        "#0f172a", "Inline code", control="color", shown_when=ON
    )
    link: Color = setting("#0369a1", "Links", control="color", shown_when=ON)
    table_border: Color = setting(
        "#cbd5e1", "Table lines", control="color", shown_when=ON
    )
    table_header: Color = setting(
        "#f1f5f9", "Table head", control="color", shown_when=ON
    )


class N8nTheme(Theme):
    """Colours of the n8n face."""

    radius: Literal["none", "small", "medium", "large", "pill"] = setting(
        "medium",
        "Corners",
        control="segmented",
        options={
            "none": "None",
            "small": "Small",
            "medium": "Medium",
            "large": "Large",
            "pill": "Pill",
        },
        same_as={"sharp": "none", "soft": "small", "round": "medium"},
    )
    grayscale: N8nGrayscale = setting(N8nGrayscale(), "Greys")
    text: TextColor = setting(TextColor(), "Text")
    icon: IconColor = setting(IconColor(), "Icons")
    user_bubble: UserBubble = setting(UserBubble(), "Visitor's bubble")
    markdown: MarkdownColors = setting(MarkdownColors(), "Markdown")


class N8nHeader(Header):
    """The header of the n8n face."""

    subtitle: Line = setting("", "Subtitle", shown_when=ON)
    logo: Image = setting("", "Logo", control="image", shown_when=ON)


class N8nStartScreen(StartScreen):
    """What stands in an empty n8n conversation."""

    subtitle: Text = setting("", "Introduction", control="multiline")
    initial_messages: Annotated[tuple[Text, ...], type_of_list] = setting(
        (),
        "First messages",
        "Said by the assistant before the visitor writes.",
        control="lines",
        max_length=5,
    )
    welcome_screen: bool = setting(
        False, "Welcome first", "A screen with a button, before the conversation."
    )
    button: Line = setting(
        "",
        "Button",
        placeholder="New conversation",
        shown_when=ShownWhen(".welcome_screen"),
    )


class N8nMessages(Messages):
    """How messages look in the n8n face; lengths in CSS px."""

    style: Literal["bubbles", "flat"] = setting(
        "bubbles",
        "Replies",
        control="segmented",
        options={"bubbles": "Bubbles", "flat": "Plain"},
    )
    bubble_padding: int = setting(
        12, "Bubble padding", control="slider", unit="px", ge=5, le=30
    )
    spacing: int = setting(12, "Distance", control="slider", unit="px", ge=0, le=50)
    show_avatar: bool = setting(False, "Show an avatar")
    avatar: Image = setting(
        "", "Avatar", control="image", shown_when=ShownWhen(".show_avatar")
    )
    show_timestamps: bool = setting(False, "Show the time")
    typing_indicator: bool = setting(True, "Show “is typing”")
    copy_button: bool = setting(True, "Copy button")


class N8nBehavior(Behavior):
    """Extras of the n8n face."""

    print_transcript: bool = setting(False, "Print the conversation")
    email_transcript: bool = setting(False, "Send the conversation by e-mail")
    rating: bool = setting(False, "Ask for a rating at the end")


class N8nConnection(Connection):
    """The Chat Trigger and how to talk to it; times in seconds."""

    webhook_url: WebAddress = setting(
        "",
        "Webhook URL",
        "The Chat Trigger's production address.",
        placeholder="https://…/webhook/…/chat",
    )
    access: Literal["relay", "direct"] = setting(
        "relay",
        "Reached",
        "Through the server the address stays private; direct puts it in the page.",
        control="segmented",
        options={"relay": "Through the server", "direct": "Direct"},
    )
    method: Literal["POST", "GET"] = setting(
        "POST", "Method", control="segmented", options={"POST": "POST", "GET": "GET"}
    )
    streaming: bool = setting(
        False,
        "Ask for a stream",
        "A streamed answer is recognised either way; this asks for one.",
    )
    load_previous_session: bool = setting(
        True, "Load earlier messages", "Needs a memory node in the workflow."
    )
    timeout: int = setting(
        60, "Wait at most", control="slider", unit="s", ge=10, le=300
    )
    chat_input_key: Identifier = setting(
        "chatInput", "Name of the text", placeholder="chatInput", advanced=True
    )
    chat_session_key: Identifier = setting(
        "sessionId", "Name of the session", placeholder="sessionId", advanced=True
    )
    route: Line = setting(
        "",
        "Route",
        "Sent along as metadata, for workflows that serve several widgets.",
        advanced=True,
    )
    headers: Annotated[dict[HeaderName, HeaderValue], Field(max_length=20)] = setting(
        {}, "Headers", "Public: visitors can read them.", control="table", advanced=True
    )
    metadata: Annotated[dict[EntryName, Scalar], Field(max_length=64)] = setting(
        {}, "Metadata", "Sent with every message.", control="table", advanced=True
    )


class N8nWidget(Widget):
    """A widget that talks to an n8n Chat Trigger."""

    provider: Literal["n8n"] = "n8n"
    theme: N8nTheme = N8nTheme()
    header: N8nHeader = N8nHeader()
    start_screen: N8nStartScreen = N8nStartScreen()
    messages: N8nMessages = N8nMessages()
    behavior: N8nBehavior = N8nBehavior()
    connection: N8nConnection = N8nConnection()
