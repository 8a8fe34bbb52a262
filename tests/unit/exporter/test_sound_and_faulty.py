"""A set of sites: the check finds every fault that is planted, and none in a sound one.

A widget of every provider and every kind of connection is sound here; each rule of the
check has its fault, and a rule without one fails the last test.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import exporter
from exporter.audit import audit
from exporter.contract.advice import LEVELS
from exporter.editing import with_values
from exporter.online import check_online
from exporter.providers.registry import providers
from exporter.world import World
from tests.standins.n8n import Workflow, says
from tests.standins.openai import GOOD_KEY, fails
from tests.unit.exporter.checked import KEY, by_model, by_webhook, chatkit, widget

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from exporter.contract.advice import AuditFinding
    from exporter.contract.widget import Widget
    from tests.standins.completions import ModelStandIn
    from tests.standins.n8n import N8nStandIn
    from tests.standins.openai import OpenAIStandIn
    from tests.unit.exporter.checked import Site

SITE = {"domains": ["shop.example"]}
TOLD = {"csp", "weight"}
"""Notes for whoever delivers: they are said of every widget."""
REPLY = says({"output": "Hi"})
NOBODY = "http://127.0.0.1:1"


@dataclass
class Town:
    """All that a check can reach, and a world that looks at the site's front page."""

    client: httpx.Client
    n8n: N8nStandIn
    openai: OpenAIStandIn
    model: ModelStandIn
    site: Site

    @property
    def host(self) -> str:
        return self.site.base

    def webhook(self, **about: Any) -> Workflow:
        return self.n8n.add(Workflow(**{"answer": REPLY, **about}))

    def world(self, message: str = "", **secrets: str) -> World:
        known = {"openai_api_key": GOOD_KEY, **secrets}
        pages = (f"{self.site.base}/",)
        return World(
            self.client, known, pages, message, self.openai.base, resolve=lambda _: None
        )

    def online(self, one: Widget, world: World | None = None) -> list[AuditFinding]:
        return list(check_online(one, world or self.world(), host=self.host))


@pytest.fixture
def town(
    client: httpx.Client,
    n8n: N8nStandIn,
    openai: OpenAIStandIn,
    model: ModelStandIn,
    site: Site,
) -> Town:
    """A shop's front page that carries the chat, and a server that serves it."""
    site.page(f"/w/{KEY}.js", f'try{{(x)({{"key":"{KEY}"}})}}')
    site.page("/", f'<script src="{site.base}/w/{KEY}.js" async></script>')
    return Town(client, n8n, openai, model, site)


def own_server(town: Town, **values: Any) -> Any:
    url = town.site.page("/chatkit", '{"data": []}')
    known = {
        "connection__kind": "server",
        "connection__workflow_id": "",
        "connection__url": url,
        "connection__domain_key": "domain_pk_1",
        "any_site": True,
    }
    # The stand-in answers GET alone; what refuses strangers is sound to the check.
    town.site.posts["/chatkit"] = (401, "{}")
    return chatkit(**{**known, **values})


SOUND: dict[str, Callable[[Town], Any]] = {
    "n8n through the server": lambda town: widget(town.webhook(auth=("a", "b"))),
    "n8n straight": lambda town: widget(
        town.webhook(), connection__access="direct", any_site=True
    ),
    "n8n with files": lambda town: widget(
        town.webhook(), composer__attachments__enabled=True
    ),
    "chatkit workflow": lambda town: chatkit(),
    "chatkit own server": own_server,
    "chatkit before n8n": lambda town: by_webhook(
        town.webhook(history=None), connection__domain_key="domain_pk_1"
    ),
    "chatkit before a model": lambda town: by_model(
        town.model.base, connection__domain_key="domain_pk_1"
    ),
    "chatkit with our own face": lambda town: own_server(
        town, connection__face="own", connection__domain_key=""
    ),
}
ALSO = {
    "chatkit workflow": {
        "agent_builder_ends",
        "agent_builder_answers",
        "domain_list",
    },
    "chatkit own server": {"domain_list"},
    "chatkit before n8n": {"domain_list"},
    "chatkit before a model": {"domain_list"},
    "chatkit with our own face": {"own_face"},
}
PUBLIC = {
    "connection.webhook_url": "https://n8n.example/webhook/a-1/chat",
    "connection.url": "https://brain.example/chatkit",
    "connection.base_url": "https://model.example/v1",
}


def delivered(one: Any) -> Any:
    """The widget as it goes out: addresses that the world reaches, sites by name."""
    used = {path: url for path, url in PUBLIC.items() if _holds(one, path)}
    return with_values(one, {**used, **SITE, "any_site": False})


def _holds(one: Any, path: str) -> bool:
    _, name = path.split(".")
    return bool(getattr(one.connection, name, ""))


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_widget_is_quiet(name: str, town: Town) -> None:
    one = delivered(SOUND[name](town))
    findings = audit(one, host="https://chat.example.com")
    assert {finding.level for finding in findings} == {"note"}
    assert {f.rule for f in findings} == TOLD | ALSO.get(name, set()) - {
        "agent_builder_answers"
    }


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_site_is_quiet(name: str, town: Town) -> None:
    one = with_values(SOUND[name](town), {"any_site": True})
    found = town.online(one, town.world(webhook_auth="a:b"))
    assert {f.rule for f in found} <= ALSO.get(name, set()) & {"agent_builder_answers"}
    assert {f.level for f in found} <= {"note"}


def test_every_kind_of_connection_has_a_sound_widget(town: Town) -> None:
    made = [build(town) for build in SOUND.values()]
    for each in providers():
        assert any(isinstance(one, each.widget) for one in made), each.name
    kinds = {one.connection.kind for one in made if hasattr(one.connection, "kind")}
    assert kinds == {"hosted", "server", "openai", "n8n"}


# What is wrong with a widget by itself.

N8N = "https://n8n.example/webhook/a-1/chat"


def alone(provider: str = "n8n", **values: Any) -> Any:
    one = delivered(widget(N8N) if provider == "n8n" else chatkit())
    paths = {path.replace("__", "."): value for path, value in values.items()}
    return with_values(one, paths)


def by_server(**values: Any) -> Any:
    kind = {"connection__kind": "server", "connection__url": PUBLIC["connection.url"]}
    return alone("chatkit", **kind, **values)


FAULTS: dict[str, Callable[[], Any]] = {
    "private_address": lambda: alone(
        connection__webhook_url="https://192.168.1.4/webhook/a/chat"
    ),
    "contrast": lambda: alone(theme__text__enabled=True, theme__text__color="#bbbbbb"),
    "cannot_work": lambda: alone(connection__webhook_url=""),
    "key_in_page": lambda: alone(composer__placeholder="sk-0123456789abcdef0123"),
    "too_long_for_phones": lambda: alone(header__title__text="Word " * 20),
    "any_site": lambda: alone(any_site=True),
    "no_sites": lambda: alone(domains=[]),
    "only_local_sites": lambda: alone(domains=["localhost:5173"]),
    "nameless_button": lambda: alone(header__left_action__enabled=True),
    "link_to_nowhere": lambda: alone(header__right_action__enabled=True),
    "no_picture": lambda: alone(launcher__icon="custom"),
    "empty_teaser": lambda: alone(launcher__teaser__enabled=True),
    "picture_without_words": lambda: alone(
        start_screen__initial_messages=["Hi ![ ](https://a.example/b.png)"]
    ),
    "one_model": lambda: alone(composer__models=[{"id": "a", "label": "A"}]),
    "weight": lambda: alone(header__logo="data:image/png;base64," + "A" * 150_000),
    "csp": alone,
    "get_shows_a_page": lambda: alone(connection__method="GET"),
    "stream_with_files": lambda: alone(
        connection__streaming=True, composer__attachments__enabled=True
    ),
    "cloud_cuts": lambda: alone(
        connection__webhook_url="https://a.app.n8n.cloud/webhook/a/chat",
        connection__timeout=200,
    ),
    "agent_builder_ends": lambda: alone("chatkit"),
    "uploads_refused": lambda: alone("chatkit", composer__attachments__enabled=True),
    "uploads_too_large": lambda: alone(
        "chatkit",
        composer__attachments__enabled=True,
        composer__attachments__max_size=20,
        connection__chatkit_configuration__file_upload__enabled=True,
        connection__chatkit_configuration__file_upload__max_file_size=5,
    ),
    "no_domain_key": by_server,
    "domain_list": lambda: by_server(connection__domain_key="domain_pk_1"),
    "own_face": lambda: by_server(connection__face="own"),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_of_a_widget_is_found(rule: str) -> None:
    _told_well(audit(FAULTS[rule]()), rule)


def _told_well(findings: Any, rule: str) -> None:
    """What, why it matters and what to do, of the fault and of nothing worse."""
    found = [finding for finding in findings if finding.rule == rule]
    assert found, [finding.rule for finding in findings]
    for finding in found:
        assert finding.message.endswith(".")
        assert finding.why.endswith(".")
        assert finding.fix or finding.values or finding.level == "note"
    worst = min(LEVELS.index(finding.level) for finding in findings)
    assert worst == min(LEVELS.index(finding.level) for finding in found)


# What is wrong with the world around it.


def page(town: Town, body: str = "", status: int = 200, **headers: str) -> None:
    tag = f'<script src="{town.site.base}/w/{KEY}.js"></script>'
    town.site.page("/", body or tag, status, **headers)


def front(town: Town, **headers: str) -> list[AuditFinding]:
    """A workflow's check on a front page with these headers."""
    page(town, **headers)
    return town.online(chatkit(any_site=True, composer__dictation__enabled=True))


def hook(town: Town, message: str = "", **about: Any) -> list[AuditFinding]:
    """The check of a widget whose workflow is so."""
    return town.online(
        widget(town.webhook(**about), any_site=True), town.world(message)
    )


def straight(town: Town, **about: Any) -> list[AuditFinding]:
    one = widget(
        town.webhook(**about), connection__access="direct", domains=["shop.example"]
    )
    return town.online(one, World(town.client, pages=(town.site.page("/p", "x"),)))


def at(town: Town, path: str, **values: Any) -> list[AuditFinding]:
    """The check of a widget whose webhook is a path of the site."""
    values = {"any_site": True, **values}
    return town.online(widget(f"{town.site.base}{path}", **values))


def posted(town: Town, status: int, body: str = "", **headers: str) -> Any:
    town.site.posts["/hook"] = (status, body)
    town.site.post_headers = headers
    return at(town, "/hook")


def models(town: Town, body: str, status: int = 200) -> list[AuditFinding]:
    town.site.page("/v1/models", body, status)
    return town.online(by_model(f"{town.site.base}/v1"))


def refused(town: Town) -> list[AuditFinding]:
    town.openai.behave(always=fails(400))
    return town.online(chatkit(any_site=True))


def unanswered(town: Town, status: int, body: str) -> list[AuditFinding]:
    one = own_server(town)
    town.site.posts["/chatkit"] = (status, body)
    return town.online(one)


def locked(town: Town, key: str) -> list[AuditFinding]:
    town.model.key = "sk-right-0123456789"
    return town.online(by_model(town.model.base), town.world(model_api_key=key))


def speechless(town: Town) -> list[AuditFinding]:
    town.model.says("x", status=400, error={"message": "no words today"})
    return town.online(by_model(town.model.base), town.world("Hi"))


def unresolved(town: Town) -> list[AuditFinding]:
    def resolve(host: str) -> None:
        raise OSError("no such host")

    one = widget(town.webhook(), domains=["shpo.example"])
    world = World(town.client, pages=(town.site.page("/p", "x"),), resolve=resolve)
    return [f for f in town.online(one, world) if f.rule != "page_elsewhere"]


def unpublished(town: Town) -> list[AuditFinding]:
    town.site.page(f"/w/{KEY}.js", "", 404)
    return town.online(widget(town.webhook(), any_site=True))


def elsewhere(town: Town) -> list[AuditFinding]:
    one = widget(town.webhook(), domains=["shop.example"])
    return town.online(one)


def away(town: Town) -> list[AuditFinding]:
    world = World(town.client, pages=(f"{NOBODY}/",))
    return town.online(widget(town.webhook(), any_site=True), world)


PLACES: dict[str, Callable[[Town], list[AuditFinding]]] = {
    "webhook_inactive": lambda town: hook(town, active=False),
    "webhook_private": lambda town: hook(town, public=False),
    "webhook_locked": lambda town: hook(town, auth=("a", "b")),
    "webhook_unreadable": lambda town: hook(town, session_key="sid"),
    "history_fails": lambda town: hook(town, history=None),
    "workflow_fails": lambda town: hook(
        town, "Hi", answer=lambda exchange: exchange.reply(b"{}", status=500)
    ),
    "workflow_silent": lambda town: hook(town, "Hi", answer=says("")),
    "streaming": lambda town: town.online(
        widget(town.webhook(), any_site=True, connection__streaming=True),
        town.world("Hi"),
    ),
    "cors": lambda town: straight(town, origins="https://other.example"),
    "webhook_unreachable": lambda town: town.online(
        widget(f"{NOBODY}/webhook/x/chat", any_site=True)
    ),
    "webhook_page": lambda town: posted(town, 200, "<html></html>"),
    "webhook_redirects": lambda town: posted(town, 302, Location="https://a.example"),
    "webhook_down": lambda town: posted(town, 503, "busy"),
    "webhook_refuses": lambda town: posted(town, 418, "no"),
    "session_refused": refused,
    "agent_builder_answers": lambda town: town.online(chatkit(any_site=True)),
    "no_key": lambda town: locked(town, ""),
    "no_chatkit_server": lambda town: unanswered(town, 404, ""),
    "server_unreachable": lambda town: town.online(
        own_server(town, connection__url=f"{NOBODY}/chatkit")
    ),
    "model_key_refused": lambda town: locked(town, "sk-wrong-0123456789"),
    "model_limit": lambda town: models(town, "{}", 429),
    "model_down": lambda town: models(town, "busy", 503),
    "model_refuses": speechless,
    "model_unknown": lambda town: models(town, '{"data": [{"id": "large"}]}'),
    "model_unreachable": lambda town: town.online(by_model(f"{NOBODY}/v1")),
    "no_model_server": lambda town: models(town, "<html></html>"),
    "site_unknown": unresolved,
    "server": unpublished,
    "page_unreachable": away,
    "page_error": lambda town: (
        page(town, status=500),
        town.online(widget(town.webhook(), any_site=True)),
    )[1],
    "page_elsewhere": elsewhere,
    "csp": lambda town: (
        page(town, Content_Security_Policy="script-src 'none'"),
        town.online(widget(town.webhook(), any_site=True)),
    )[1],
    "not_embedded": lambda town: (
        page(town, "<title>Shop</title>"),
        town.online(widget(town.webhook(), any_site=True)),
    )[1],
    "isolated_page": lambda town: front(
        town, Cross_Origin_Embedder_Policy="require-corp"
    ),
    "no_microphone": lambda town: front(town, Permissions_Policy="microphone=()"),
}


@pytest.mark.parametrize("rule", PLACES)
def test_each_fault_around_a_widget_is_found(rule: str, town: Town) -> None:
    _told_well(PLACES[rule](town), rule)
    if rule == "webhook_unreadable":  # asked by another name than it wants
        assert town.n8n.faults == ["no sid"]
        town.n8n.faults.clear()


# That none is missing.

_CORE = Path(exporter.__file__).parent
_MAKERS = ("AuditFinding", "_finding", "Refusal", "_error", "_refusal")
_RULE = re.compile(r"[a-z]+(_[a-z]+)*")


def rules_in_source() -> set[str]:
    """The rules that the check's own code names when it makes a finding."""
    files = [
        *_CORE.glob("audits/*.py"),
        *_CORE.glob("probes/*.py"),
        *_CORE.glob("providers/*/*.py"),
        _CORE / "chat_trigger.py",
    ]
    calls = (node for file in files for node in ast.walk(ast.parse(file.read_text())))
    return {
        rule
        for call in calls
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in _MAKERS
        for rule in _rules_of(call)
    } - {*LEVELS, "domains"}


def _rules_of(call: ast.Call) -> list[str]:
    """What stands where the rule goes: by its name, else the first such words."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "rule"]
    words = [
        one.value
        for one in named or call.args[:2]
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    return [word for word in words if _RULE.fullmatch(word)]


def test_every_rule_of_the_check_has_its_fault() -> None:
    assert rules_in_source() == {*FAULTS, *PLACES}
