"""What a ChatKit widget's page may know of its connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from exporter.contract.advice import AuditFinding
from exporter.contract.errors import InputError, NeedsServer
from exporter.contract.provider import PageNeeds, Standalone
from exporter.providers.chatkit.brain import OURS
from exporter.providers.chatkit.settings import ChatKitWidget

if TYPE_CHECKING:
    from exporter.contract.widget import Widget
    from exporter.providers.chatkit.settings import ChatKitConnection

_CDN = "https://cdn.platform.openai.com"
_NO_KEY = (
    "There is no domain key: without one ChatKit works on localhost only. Add it "
    "under Connection."
)
_OWN_FACE = (
    "Our own face draws this chat: nothing is loaded from OpenAI, and its domain list "
    "does not matter. The server has to let the site's pages ask it (CORS)."
)
_MOST_NAMED = 4
_LISTED = (
    "Put the site into OpenAI's domain list before delivery; the change can take over "
    "an hour, and until then the chat stays blank."
)


def runtime_connection(widget: Widget) -> dict[str, Any]:
    """For a server its address and domain key, which are public; else only the kind.

    Behind our own server the page knows the path there, and nothing of the backend.
    `face` is the runtime's bundle that draws the chat where OpenAI's does not.
    """
    assert isinstance(widget, ChatKitWidget)
    connection = widget.connection
    if connection.kind == "hosted":
        return {"kind": "hosted"}
    if connection.kind in OURS:
        known = {"kind": "ours", "path": f"api/chatkit/{widget.key}"}
    else:
        known = {"kind": "server", "url": connection.url}
        if connection.upload_url:
            known["upload_url"] = connection.upload_url
    if draws_itself(widget):
        return {**known, "face": "chatkit_own"}
    return {**known, "domain_key": connection.domain_key}


def draws_itself(widget: Widget) -> bool:
    """Whether our own face draws the chat: it was chosen, and the protocol is open."""
    assert isinstance(widget, ChatKitWidget)
    connection = widget.connection
    return connection.face == "own" and connection.kind != "hosted"


def opens_sessions(widget: Widget) -> bool:
    """Whether pages need a client secret: hosted workflows do."""
    return isinstance(widget, ChatKitWidget) and widget.connection.kind == "hosted"


def standalone(widget: Widget) -> Standalone:
    """Works where a server of the owner's own speaks ChatKit; a workflow needs ours."""
    assert isinstance(widget, ChatKitWidget)
    if opens_sessions(widget):
        raise NeedsServer(
            "A ChatKit workflow cannot work from a folder of files: each visitor's "
            "session is minted with your OpenAI key, which no page may hold.",
            "Publish the widget and use its embed code, or choose “Own server” under "
            "Connection.",
        )
    if widget.connection.kind in OURS:
        raise NeedsServer(
            "This ChatKit widget cannot work from a folder of files: our server speaks "
            "ChatKit's protocol for it, and keeps the address of what answers.",
            "Publish the widget and use its embed code, or choose “Own server” under "
            "Connection.",
        )
    for path, sentence in faults(widget):
        raise InputError(sentence, f"It is the setting {path}.")
    if draws_itself(widget):
        return Standalone(widget, (_OWN_FACE,))
    key = () if widget.connection.domain_key else (_NO_KEY,)
    return Standalone(widget, (*key, _LISTED))


def page_needs(widget: Widget) -> PageNeeds:
    """OpenAI's script and frame, unless we draw the chat, and the owner's server."""
    assert isinstance(widget, ChatKitWidget)
    vendor = () if draws_itself(widget) else (_CDN,)
    connection = widget.connection
    servers = (connection.url, connection.upload_url)
    own = _origins(servers) if connection.kind == "server" else ()
    return PageNeeds(scripts=vendor, connections=own, frames=vendor)


def _origins(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Each origin once."""
    parts = map(urlsplit, filter(None, addresses))
    return tuple(dict.fromkeys(f"{one.scheme}://{one.netloc}" for one in parts))


def advice(widget: Widget) -> tuple[AuditFinding, ...]:
    """Workflows are on notice, and uploads need the session's consent."""
    assert isinstance(widget, ChatKitWidget)
    if draws_itself(widget):
        return (_own_face(),)
    listed = _domain_list(widget)
    if opens_sessions(widget):
        return (_ends(), *_uploads(widget), *listed)
    return listed if widget.connection.domain_key else (_no_domain_key(), *listed)


def _ends() -> AuditFinding:
    return AuditFinding(
        path="connection.kind",
        rule="agent_builder_ends",
        level="note",
        message="OpenAI gives 30 November 2026 as Agent Builder's last day; workflows "
        "are legacy.",
        why="How long a workflow's chat goes on after that day nobody has said; it may "
        "stop answering visitors.",
        fix="Move it to n8n, to a model or to a server of your own: one click in the "
        "sidebar, and everything else stays.",
    )


def _own_face() -> AuditFinding:
    return AuditFinding(
        path="connection.face",
        rule="own_face",
        level="note",
        message="Our own face draws this chat, not OpenAI's ChatKit.",
        why="It is hosted by you and pinned, and nothing is loaded from OpenAI; what "
        "OpenAI adds to ChatKit later does not come by itself.",
        fix="Nothing to do. For OpenAI's own, choose it under “Drawn by”.",
    )


def _no_domain_key() -> AuditFinding:
    return AuditFinding(
        path="connection.domain_key",
        rule="no_domain_key",
        level="warning",
        message="There is no domain key yet.",
        why="Outside localhost ChatKit stays blank without one.",
        fix="Add the customer's site to OpenAI's domain list and paste the key.",
    )


def _domain_list(widget: ChatKitWidget) -> tuple[AuditFinding, ...]:
    """The sites as OpenAI's list wants them; it knows no wildcards."""
    rules = [rule for rule in widget.domain_rules().rules if not rule.is_local]
    if not rules:
        return ()
    names = ", ".join(rule.host for rule in rules[:_MOST_NAMED])
    more = " and the others" if rules[_MOST_NAMED:] else ""
    wild = any(rule.subdomains for rule in rules)
    return (
        AuditFinding(
            path="domains",
            rule="domain_list",
            level="note",
            message=f"OpenAI's domain list has to name your server, and {names}{more} "
            "where a page holds ChatKit itself.",
            why="A chat whose domain is missing there stays blank or goes after a "
            "second, and a change can take over an hour.",
            fix="Compare the list in OpenAI's settings before delivery"
            + ("; it takes no *, so list each name below a site." if wild else "."),
        ),
    )


def _uploads(widget: ChatKitWidget) -> tuple[AuditFinding, ...]:
    page = widget.composer.attachments
    session = widget.connection.chatkit_configuration.file_upload
    upload = "connection.chatkit_configuration.file_upload"
    if not page.enabled:
        return ()
    if not session.enabled:
        return (
            AuditFinding(
                path=f"{upload}.enabled",
                rule="uploads_refused",
                level="error",
                message="Attachments are on in the page and off in the session.",
                why="Visitors choose a file, and OpenAI refuses it.",
                fix="Switch uploads on in the session too.",
                values={f"{upload}.enabled": True},
            ),
        )
    if page.max_size <= session.max_file_size:
        return ()
    return (
        AuditFinding(
            path="composer.attachments.max_size",
            rule="uploads_too_large",
            level="warning",
            message=f"The page takes files of {page.max_size} MB, the session only of "
            f"{session.max_file_size} MB.",
            why="Larger files fail after the visitor has waited for them.",
            fix="Let the page say the smaller limit.",
            values={"composer.attachments.max_size": session.max_file_size},
        ),
    )


def faults(widget: Widget) -> tuple[tuple[str, str], ...]:
    """What keeps a valid widget from working."""
    assert isinstance(widget, ChatKitWidget)
    connection = widget.connection
    if connection.kind == "hosted" and not connection.workflow_id:
        return (
            (
                "connection.workflow_id",
                "No workflow yet: paste the wf_… ID from Agent Builder.",
            ),
        )
    if connection.kind == "server" and not connection.url:
        return (("connection.url", "No server yet: paste its ChatKit address."),)
    return _webhook_faults(connection) or _model_faults(connection)


def _webhook_faults(connection: ChatKitConnection) -> tuple[tuple[str, str], ...]:
    path = "connection.webhook_url"
    if connection.kind != "n8n":
        return ()
    if not connection.webhook_url:
        sentence = "No webhook yet: paste the production address of your Chat Trigger."
        return ((path, sentence),)
    if "/webhook-test/" in connection.webhook_url:
        sentence = (
            "This is n8n's test address; it answers only while the editor listens. "
            "Use the production address."
        )
        return ((path, sentence),)
    return ()


def _model_faults(connection: ChatKitConnection) -> tuple[tuple[str, str], ...]:
    if connection.kind != "openai":
        return ()
    if not connection.base_url:
        return (("connection.base_url", "No address yet: paste the model server's."),)
    if not connection.model:
        return (("connection.model", "No model yet: name one that the server has."),)
    return ()
