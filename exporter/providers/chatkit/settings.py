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
from exporter.contract.values import (
    Color,
    EntryName,
    Line,
    Scalar,
    Text,
    WebAddress,
)
from exporter.contract.widget import Connection, Widget

_HOSTED = ShownWhen("connection.kind", ("hosted",))
_SERVER = ShownWhen("connection.kind", ("server",))
_N8N = ShownWhen("connection.kind", ("n8n",))
_MODEL = ShownWhen("connection.kind", ("openai",))
_OURS = ShownWhen("connection.kind", ("n8n", "openai"))
_NOT_HOSTED = ShownWhen("connection.kind", ("server", "n8n", "openai"))


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

    primary: Color = setting("#0f172a", "Colour", control="color", shown_when=ON)
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
    owner's key. `server`: any server that speaks the ChatKit protocol. `n8n` and
    `openai`: our own server speaks it, in front of a chat webhook or of any model
    behind an OpenAI-compatible address. `face` says who draws the chat where the
    protocol is spoken to a server that is not OpenAI's.
    """

    kind: Literal["hosted", "server", "n8n", "openai"] = setting(
        "hosted",
        "Answered by",
        "OpenAI gives 30 November 2026 as the last day of Agent Builder's workflows; "
        "the other three stay.",
        control="segmented",
        options={
            "hosted": "Workflow",
            "server": "Own server",
            "n8n": "n8n",
            "openai": "Model",
        },
    )
    face: Literal["openai", "own"] = setting(
        "openai",
        "Drawn by",
        "OpenAI’s ChatKit comes from its own address, always the newest. Ours speaks "
        "the same protocol and is hosted by you, pinned, with no third party.",
        control="segmented",
        options={"openai": "OpenAI’s ChatKit", "own": "Our own face"},
        shown_when=_NOT_HOSTED,
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
    upload_url: WebAddress = setting(
        "",
        "Upload address",
        "Where the server takes files directly; empty: it is asked for an address for "
        "each file.",
        placeholder="https://…/upload",
        shown_when=_SERVER,
        advanced=True,
    )
    webhook_url: WebAddress = setting(
        "",
        "Webhook URL",
        "The Chat Trigger's production address; it stays on the server.",
        placeholder="https://…/webhook/…/chat",
        shown_when=_N8N,
    )
    base_url: WebAddress = setting(
        "https://api.openai.com/v1",
        "Base address",
        "Of any OpenAI-compatible server, one on this computer too.",
        placeholder="http://localhost:11434/v1",
        shown_when=_MODEL,
    )
    model: Line = setting(
        "", "Model", placeholder="As the server names it", shown_when=_MODEL
    )
    instructions: Text = setting(
        "",
        "Instructions",
        "What the model is told before every conversation; visitors never see it.",
        control="multiline",
        shown_when=_MODEL,
    )
    wire: Literal["auto", "responses", "completions"] = setting(
        "auto",
        "Interface",
        "By itself: Responses where the server has it, else Chat Completions.",
        control="segmented",
        options={
            "auto": "By itself",
            "responses": "Responses",
            "completions": "Completions",
        },
        shown_when=_MODEL,
        advanced=True,
    )
    dictation_model: Line = setting(
        "",
        "Dictation model",
        "Writes down what visitors say; empty: dictation is refused.",
        placeholder="whisper-1",
        shown_when=_MODEL,
        advanced=True,
    )
    timeout: int = setting(
        60,
        "Wait at most",
        control="slider",
        unit="s",
        ge=10,
        le=300,
        shown_when=_OURS,
    )
    keep_days: int = setting(
        90,
        "Conversations kept",
        "Days after the last message; then they are deleted for good.",
        control="number",
        unit="days",
        ge=1,
        le=3650,
        shown_when=_OURS,
    )
    sealed: bool = setting(
        False,
        "Encrypt conversations",
        "Where the server keeps them; who has its database alone cannot read them.",
        shown_when=_OURS,
    )
    domain_key: Annotated[str, Field(max_length=200, pattern=_DOMAIN_KEY)] = setting(
        "",
        "Domain key",
        "From OpenAI's domain list; it is public.",
        placeholder="domain_pk_…",
        shown_when=_NOT_HOSTED,
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
