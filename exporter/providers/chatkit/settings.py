"""What a ChatKit widget can set beyond what every widget has.

Names, defaults and limits: `@openai/chatkit` 1.9.0 and the sessions endpoint
(November 2026). Options whose value is a function (client tools, entity search,
widget actions) cannot be held by a file and are left to the page's own code.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from exporter.contract.behavior import Behavior
from exporter.contract.composer import Attachments, Composer
from exporter.contract.sentences import written
from exporter.contract.setting import Group, ShownWhen, setting
from exporter.contract.theme import ON, Accent, Grayscale, Theme
from exporter.contract.values import Color, EntryName, Scalar, WebAddress
from exporter.contract.widget import Connection, Widget

_HOSTED = ShownWhen("connection.kind", ("hosted",))
_SERVER = ShownWhen("connection.kind", ("server",))


def _version(value: str) -> str:
    if value.lower() == "latest":
        raise PydanticCustomError(
            "workflow_version", 'is "latest", which OpenAI fails on; leave it empty'
        )
    return value


WorkflowVersion = Annotated[
    str,
    StringConstraints(
        max_length=100,
        pattern=written(
            r"^[A-Za-z0-9._-]*$", "takes letters, digits and the signs . _ -"
        ),
    ),
    AfterValidator(_version),
]
StateName = Annotated[EntryName, StringConstraints(max_length=64)]
_THREAD = written(r"^[A-Za-z0-9_-]*$", "takes letters, digits and the signs _ -")
_DOMAIN_KEY = written(r"^[A-Za-z0-9_.-]*$", "takes letters, digits and the signs _ . -")
_WORKFLOW = written(
    r"^(wf_[A-Za-z0-9_-]+)?$", "starts with wf_, as Agent Builder shows it"
)


class ChatKitAccent(Accent):
    """ChatKit's accent: its colour and how strongly it is used."""

    primary: Color = setting("#0f172a", "Accent", control="color", shown_when=ON)
    level: int = setting(1, "Strength", control="slider", ge=0, le=3, shown_when=ON)


class ChatKitGrayscale(Grayscale):
    """ChatKit's greys: hue in degrees, tint and shade in its own steps."""

    enabled: bool = setting(True, "Tint the greys")
    tint: int = setting(6, "Tint", control="slider", ge=0, le=9, shown_when=ON)
    shade: int = setting(-1, "Shade", control="slider", ge=-4, le=4, shown_when=ON)


class ChatKitTheme(Theme):
    """The levers of ChatKit's theme; `radius` in ChatKit's own words."""

    radius: Literal["sharp", "soft", "round", "pill"] = setting(
        "pill",
        "Corners",
        control="segmented",
        options={"sharp": "Sharp", "soft": "Soft", "round": "Round", "pill": "Pill"},
        same_as={"none": "sharp", "small": "soft", "medium": "round", "large": "round"},
    )
    accent: ChatKitAccent = setting(ChatKitAccent(), "Accent")
    grayscale: ChatKitGrayscale = setting(ChatKitGrayscale(), "Greys")


class ChatKitAttachments(Attachments):
    """Files in ChatKit; its own largest size is 100 MB where none is set."""

    max_size: int = setting(
        100, "Largest file", control="slider", unit="MB", ge=1, le=512, shown_when=ON
    )


class ChatKitComposer(Composer):
    """ChatKit's composer."""

    attachments: ChatKitAttachments = setting(ChatKitAttachments(), "Attachments")


class ChatKitBehavior(Behavior):
    """ChatKit's own extras."""

    auto_scroll: bool = setting(False, "Follow the answer while it comes")
    initial_thread: Annotated[str, Field(max_length=200, pattern=_THREAD)] = setting(
        "", "First thread", "An existing thread's id to open with.", advanced=True
    )


class StartedSession(Group):
    """How long a session lasts and how much it may ask."""

    expires_after: int = setting(
        600, "Session lasts", control="slider", unit="s", ge=1, le=600
    )
    max_requests_per_minute: int = setting(
        10, "Requests a minute", control="number", ge=1, le=10000
    )


class FileUpload(Group):
    """What the session lets visitors upload; the page's own switch is not enough."""

    enabled: bool = setting(False, "Uploads in the session")
    max_file_size: int = setting(
        512, "Largest file", control="slider", unit="MB", ge=1, le=512, shown_when=ON
    )
    max_files: int = setting(
        10, "Files a message", control="number", ge=1, le=1000, shown_when=ON
    )


class SessionHistory(Group):
    """What the session lets visitors see of earlier threads."""

    enabled: bool = setting(True, "History in the session")
    recent_threads: int | None = setting(
        None,
        "Threads kept",
        "Empty: all of them.",
        control="number",
        ge=1,
        le=100000,
        shown_when=ON,
    )


class ThreadTitling(Group):
    """Titles that ChatKit gives to threads."""

    enabled: bool = setting(True, "Title threads by itself")


class ChatKitConfiguration(Group):
    """The session's `chatkit_configuration`."""

    automatic_thread_titling: ThreadTitling = setting(ThreadTitling(), "Titles")
    file_upload: FileUpload = setting(FileUpload(), "Uploads")
    history: SessionHistory = setting(SessionHistory(), "History")


class ChatKitConnection(Connection):
    """What gives ChatKit its brain.

    `hosted`: an Agent Builder workflow, for which a server mints sessions with the
    owner's key. `server`: any server that speaks the ChatKit protocol.
    """

    kind: Literal["hosted", "server"] = setting(
        "hosted",
        "Answered by",
        "OpenAI ends Agent Builder on 30 November 2026; a server of your own stays.",
        control="segmented",
        options={"hosted": "Workflow", "server": "Own server"},
    )
    workflow_id: Annotated[str, Field(max_length=200, pattern=_WORKFLOW)] = setting(
        "", "Workflow ID", placeholder="wf_…", shown_when=_HOSTED
    )
    workflow_version: WorkflowVersion = setting(
        "",
        "Version",
        "Empty: the latest. (The word “latest” fails at OpenAI without a message.)",
        placeholder="Latest",
        shown_when=_HOSTED,
        advanced=True,
    )
    url: WebAddress = setting(
        "", "Server address", placeholder="https://…/chatkit", shown_when=_SERVER
    )
    domain_key: Annotated[str, Field(max_length=200, pattern=_DOMAIN_KEY)] = setting(
        "",
        "Domain key",
        "From OpenAI's domain list; it is public.",
        placeholder="domain_pk_…",
        shown_when=_SERVER,
    )
    tracing: bool = setting(True, "Tracing", shown_when=_HOSTED, advanced=True)
    state_variables: Annotated[dict[StateName, Scalar], Field(max_length=64)] = setting(
        {}, "State variables", control="table", shown_when=_HOSTED, advanced=True
    )
    session: StartedSession = setting(StartedSession(), "Session", shown_when=_HOSTED)
    chatkit_configuration: ChatKitConfiguration = setting(
        ChatKitConfiguration(), "In the session", shown_when=_HOSTED
    )


class ChatKitWidget(Widget):
    """A widget that shows OpenAI ChatKit."""

    provider: Literal["chatkit"] = "chatkit"
    theme: ChatKitTheme = ChatKitTheme()
    composer: ChatKitComposer = ChatKitComposer()
    behavior: ChatKitBehavior = ChatKitBehavior()
    connection: ChatKitConnection = ChatKitConnection()
