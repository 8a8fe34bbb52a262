"""The check with a network: it finds each planted fault, and a sound site is quiet."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.editing import with_values
from exporter.files import write_widget
from exporter.online import check_online
from exporter.world import MOST_BYTES, NoAnswer, World
from main import main
from tests.standins.n8n import Exchange, N8nStandIn, Workflow, says
from tests.standins.openai import (
    FOREIGN_KEY,
    GOOD_KEY,
    OTHER_PROJECT_KEY,
    OpenAIStandIn,
    fails,
)
from tests.unit.exporter.checked import (
    KEY,
    Site,
    by_model,
    by_webhook,
    chatkit,
    rules,
    widget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.standins.completions import ModelStandIn


def test_a_page_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each drop comes in time, and their end never does."""
    monkeypatch.setattr("exporter.world.WHOLE_SECONDS", 0.2)

    def drops() -> Iterator[bytes]:
        while True:
            time.sleep(0.01)
            yield b"x"

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=drops())

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        with pytest.raises(NoAnswer, match="too long"):
            World(client).visit("https://shop.example/")


def test_a_sound_widget_is_quiet_and_starts_no_workflow(
    client: httpx.Client, n8n: N8nStandIn, site: Site
) -> None:
    port = site.base.rpartition(":")[2]
    site.page(f"/w/{KEY}.js", f'try{{(x)({{"key":"{KEY}"}})}}')
    page = site.page(
        "/",
        f'<title>Shop</title><script src="{site.base}/w/{KEY}.js" async></script>',
        Content_Security_Policy=f"default-src 'self'; script-src {site.base}; "
        f"connect-src {site.base} {n8n.base} {n8n.base.replace('http', 'ws')}",
    )
    sound = widget(
        n8n.add(Workflow(says({"output": "Hi"}))),
        connection__access="direct",
        domains=[f"127.0.0.1:{port}"],
    )
    world = World(client, pages=(page,))
    assert check_online(sound, world, host=site.base) == ()
    assert n8n.messages() == []
    assert n8n.faults == []


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_message_is_sent_once_and_only_if_asked_for(
    client: httpx.Client, n8n: N8nStandIn, method: str
) -> None:
    workflow = n8n.add(Workflow(says({"output": "Hi"}), method=method))
    world = World(client, pages=("http://127.0.0.1:1/",), message="Hello there")
    one = widget(workflow, connection__method=method, connection__route="sales")
    assert rules(check_online(one, world)) == ["page_unreachable"]
    (sent,) = n8n.messages()
    assert sent.fields["chatInput"] == "Hello there"
    assert sent.fields["metadata"] == {"route": "sales"}


def _streams(exchange: Exchange) -> None:
    lines = [{"type": "begin"}, {"type": "item", "content": "Hi"}, {"type": "end"}]
    exchange.reply("\n".join(map(json.dumps, lines)).encode())


def _fails(exchange: Exchange) -> None:
    exchange.reply(b'{"message": "Error in workflow"}', status=500)


def _fails_in_the_stream(exchange: Exchange) -> None:
    exchange.reply(b'{"type": "begin"}\n{"type": "error", "content": null}')


FAULTY: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("webhook_inactive", "error", {"active": False}, {}),
    ("webhook_private", "error", {"public": False}, {}),
    ("webhook_locked", "error", {"auth": ("a", "b")}, {}),
    ("history_fails", "error", {"history": None}, {}),
    (
        "webhook_unreadable",
        "error",
        {"session_key": "sid"},
        {},
    ),
    (
        "cors",
        "error",
        {"origins": "https://other.example"},
        {"connection__access": "direct", "domains": ["shop.example"]},
    ),
    ("workflow_fails", "error", {"answer": _fails}, {}),
    ("workflow_fails", "error", {"answer": _fails_in_the_stream}, {}),
    ("workflow_silent", "error", {"answer": says("")}, {}),
    ("workflow_silent", "error", {"answer": says({"output": ""})}, {}),
    ("workflow_silent", "error", {"answer": says({})}, {}),
    ("streaming", "note", {"answer": _streams}, {}),
    ("streaming", "note", {}, {"connection__streaming": True}),
]


def forgive(n8n: N8nStandIn, workflow: dict[str, Any]) -> None:
    """Who asks by the usual name breaks the contract of a workflow with another."""
    assert n8n.faults == (["no sid"] if "session_key" in workflow else [])
    n8n.faults.clear()


@pytest.mark.parametrize(("rule", "level", "workflow", "values"), FAULTY)
def test_each_fault_of_a_webhook_is_found_with_why_and_fix(
    rule: str,
    level: str,
    workflow: dict[str, Any],
    values: dict[str, Any],
    client: httpx.Client,
    n8n: N8nStandIn,
    site: Site,
) -> None:
    made = n8n.add(Workflow(**{"answer": says({"output": "Hi"}), **workflow}))
    page = site.page("/", "<title>Shop</title>")
    world = World(client, pages=(page,), message="Hi", resolve=lambda host: None)
    one = widget(made, **{"any_site": True, **values})
    found = [
        finding
        for finding in check_online(one, world)
        if finding.rule != "page_elsewhere"
    ]
    assert rules(tuple(found)) == [rule]
    assert found[0].level == level
    assert found[0].why
    assert found[0].fix
    with_values(one, found[0].values)
    forgive(n8n, workflow)


def test_credentials_are_sent_where_the_server_would_add_them(
    client: httpx.Client, n8n: N8nStandIn, site: Site
) -> None:
    made = n8n.add(Workflow(says({"output": "Hi"}), auth=("user", "password")))
    page = site.page("/", "<title>Shop</title>")
    for secret, expected in (("user:password", []), ("user:x", ["webhook_locked"])):
        world = World(client, {"webhook_auth": secret}, (page,))
        found = check_online(widget(made, any_site=True), world)
        assert rules(found) == expected
        assert secret not in str(found)
    direct = widget(made, any_site=True, connection__access="direct")
    (finding,) = check_online(direct, World(client, pages=(page,)))
    assert finding.values == {"connection.access": "relay"}


@pytest.mark.parametrize(
    ("body", "status", "headers", "rule"),
    [
        ("<html>Welcome</html>", 200, {}, "webhook_page"),
        ("", 302, {"Location": "https://elsewhere.example/"}, "webhook_redirects"),
        ("busy", 503, {}, "webhook_down"),
        ("slow down", 429, {}, "webhook_down"),
    ],
)
def test_what_is_no_webhook_is_found(
    body: str,
    status: int,
    headers: dict[str, str],
    rule: str,
    client: httpx.Client,
    site: Site,
) -> None:
    site.answers["/hook"] = (status, headers, body.encode())
    client.event_hooks = {"request": [_without_query]}
    one = widget(f"{site.base}/hook", any_site=True, connection__method="GET")
    page = site.page("/", "<title>Shop</title>")
    assert rule in rules(check_online(one, World(client, pages=(page,))))


def _without_query(request: httpx.Request) -> None:
    request.url = request.url.copy_with(query=None)


def test_nobody_at_the_webhook(client: httpx.Client) -> None:
    one = widget("http://127.0.0.1:1/webhook/x/chat", domains=["*.shop.example"])
    (finding,) = check_online(one, World(client))
    assert finding.rule == "webhook_unreachable"


def test_a_session_is_opened_once_and_cancelled(
    client: httpx.Client, openai: OpenAIStandIn
) -> None:
    world = World(client, {"openai_api_key": GOOD_KEY}, openai=openai.base)
    (finding,) = check_online(chatkit(), world)
    assert (finding.rule, finding.level) == ("agent_builder_answers", "note")
    assert len(openai.sessions) == 1
    assert openai.cancelled == [openai.sessions[0]["id"]]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("sk-wrong-0123456789", "refused the key"),
        (OTHER_PROJECT_KEY, "of another project"),
        (FOREIGN_KEY, "country"),
    ],
)
def test_each_refusal_of_openai_is_told_with_its_cause(
    key: str, words: str, client: httpx.Client, openai: OpenAIStandIn
) -> None:
    world = World(client, {"openai_api_key": key}, openai=openai.base)
    (finding,) = check_online(chatkit(), world)
    assert finding.rule == "session_refused"
    assert words in finding.message + finding.fix
    assert key not in str(finding)
    assert len(openai.requests) == 1


@pytest.mark.parametrize("status", [400, 429, 500, 503])
def test_openai_in_trouble(
    status: int, client: httpx.Client, openai: OpenAIStandIn
) -> None:
    openai.behave(always=fails(status))
    world = World(client, {"openai_api_key": GOOD_KEY}, openai=openai.base)
    (finding,) = check_online(chatkit(), world)
    assert (finding.rule, str(status) in finding.message) == ("session_refused", True)


def test_without_a_key_no_session_is_tried(
    client: httpx.Client, openai: OpenAIStandIn
) -> None:
    (finding,) = check_online(chatkit(), World(client, openai=openai.base))
    assert (finding.rule, finding.level) == ("no_key", "note")
    assert openai.requests == []


def test_a_page_that_answers_for_a_chatkit_server_is_none(
    client: httpx.Client, site: Site
) -> None:
    own = chatkit(
        connection__workflow_id="",
        connection__kind="server",
        connection__url=site.page("/chatkit", "<html></html>"),
    )
    assert rules(check_online(own, World(client))) == ["no_chatkit_server"]


def test_chatkit_before_a_sound_webhook_is_quiet(
    client: httpx.Client, n8n: N8nStandIn
) -> None:
    one = by_webhook(
        n8n.add(Workflow(says({"output": "Hi"}), auth=("a", "b"), history=None))
    )
    world = World(client, {"webhook_auth": "a:b"}, message="Hello there")
    assert check_online(one, World(client, {"webhook_auth": "a:b"})) == ()
    assert n8n.messages() == []
    assert check_online(one, world) == ()
    (sent,) = n8n.messages()
    assert sent.fields["chatInput"] == "Hello there"
    assert n8n.faults == []


@pytest.mark.parametrize(
    ("rule", "workflow", "message"),
    [
        ("webhook_inactive", {"active": False}, ""),
        ("webhook_private", {"public": False}, ""),
        ("webhook_locked", {"auth": ("a", "b")}, ""),
        ("webhook_unreadable", {"session_key": "sid"}, ""),
        ("workflow_fails", {"answer": _fails}, "Hi"),
        ("workflow_fails", {"answer": _fails_in_the_stream}, "Hi"),
        ("workflow_silent", {"answer": says({})}, "Hi"),
    ],
)
def test_each_fault_behind_chatkit_is_found(
    rule: str,
    workflow: dict[str, Any],
    message: str,
    client: httpx.Client,
    n8n: N8nStandIn,
) -> None:
    made = n8n.add(Workflow(**{"answer": says({"output": "Hi"}), **workflow}))
    (finding,) = check_online(by_webhook(made), World(client, message=message))
    assert (finding.rule, finding.level) == (rule, "error")
    assert finding.path == "connection.webhook_url"
    assert finding.why
    assert finding.fix
    forgive(n8n, workflow)


def test_nobody_behind_chatkit(client: httpx.Client) -> None:
    (finding,) = check_online(by_webhook("http://127.0.0.1:1/x/chat"), World(client))
    assert finding.rule == "webhook_unreachable"


@pytest.mark.parametrize("lists", [True, False])
def test_a_sound_model_is_quiet_and_says_nothing(
    lists: bool, client: httpx.Client, model: ModelStandIn
) -> None:
    model.key, model.lists = "sk-model-0123456789", lists
    world = World(client, {"model_api_key": model.key})
    offered = [
        {"id": "large", "label": "L"},
        {"id": "x", "label": "X", "disabled": True},
    ]
    one = by_model(model.base, composer__models=offered)
    assert check_online(one, world) == ()
    assert model.received == []


@pytest.mark.parametrize(
    ("wires", "wire", "asked"),
    [
        (("responses", "completions"), "auto", ["/responses"]),
        (("completions",), "auto", ["/chat/completions"]),
        (("completions",), "completions", ["/chat/completions"]),
    ],
)
def test_a_message_reaches_the_model_once(
    wires: tuple[str, ...],
    wire: str,
    asked: list[str],
    client: httpx.Client,
    model: ModelStandIn,
) -> None:
    model.wires = wires
    one = by_model(model.base, connection__wire=wire)
    assert check_online(one, World(client, message="Hello there")) == ()
    assert [each.path for each in model.received] == asked
    assert "Hello there" in str(model.received[0].body)
    assert model.faults == []


@pytest.mark.parametrize(
    ("key", "ours", "rule", "level"),
    [
        ("sk-right-0123456789", "sk-wrong-0123456789", "model_key_refused", "error"),
        ("sk-right-0123456789", "", "no_key", "note"),
    ],
)
def test_a_models_key_that_is_wrong_or_missing(
    key: str,
    ours: str,
    rule: str,
    level: str,
    client: httpx.Client,
    model: ModelStandIn,
) -> None:
    model.key = key
    world = World(client, {"model_api_key": ours} if ours else {})
    (finding,) = check_online(by_model(model.base), world)
    assert (finding.rule, finding.level) == (rule, level)
    assert ours not in str(finding) or not ours


def test_models_that_the_server_has_not_are_named_with_those_it_has(
    client: httpx.Client, model: ModelStandIn
) -> None:
    model.models = ("small", "large:latest")
    offered = [{"id": "large", "label": "L"}, {"id": "huge", "label": "H"}]
    one = by_model(model.base, connection__model="tiny", composer__models=offered)
    found = check_online(one, World(client, message="never sent"))
    assert [(each.rule, each.path) for each in found] == [
        ("model_unknown", "connection.model"),
        ("model_unknown", "composer.models.1.id"),
    ]
    assert "it has large:latest, small." in found[0].message
    assert model.received == []


@pytest.mark.parametrize(
    ("body", "status", "rule"),
    [
        ("<html>Welcome</html>", 200, "no_model_server"),
        ('{"data": 5}', 200, "no_model_server"),
        ("", 404, "no_model_server"),
        ("busy", 503, "model_down"),
        ("{}", 429, "model_limit"),
        ("{}", 403, "model_key_refused"),
    ],
)
def test_what_is_no_model_server(
    body: str, status: int, rule: str, client: httpx.Client, site: Site
) -> None:
    site.page("/v1/models", body, status)
    found = check_online(by_model(f"{site.base}/v1"), World(client))
    assert rules(found) == [rule]


def test_a_model_that_refuses_or_is_not_there(
    client: httpx.Client, model: ModelStandIn
) -> None:
    model.says("x", status=400, error={"message": "no words today"})
    (finding,) = check_online(by_model(model.base), World(client, message="Hi"))
    assert (finding.rule, "no words today" in finding.message) == (
        "model_refuses",
        True,
    )
    (finding,) = check_online(by_model("http://127.0.0.1:1/v1"), World(client))
    assert finding.rule == "model_unreachable"


PAGES: list[tuple[str, str, dict[str, str], int]] = [
    ("csp", "", {"Content_Security_Policy": "default-src 'self'"}, 200),
    (
        "csp",
        "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">",
        {},
        200,
    ),
    ("page_error", "", {}, 500),
    ("page_elsewhere", "", {"Location": "http://localhost:{port}/moved"}, 302),
    ("not_embedded", "<title>Shop</title>", {}, 200),
]


@pytest.mark.parametrize(("rule", "body", "headers", "status"), PAGES)
def test_each_fault_of_a_page_is_found(
    rule: str,
    body: str,
    headers: dict[str, str],
    status: int,
    client: httpx.Client,
    n8n: N8nStandIn,
    site: Site,
) -> None:
    port = site.base.rpartition(":")[2]
    # The server's script is at another origin than the page: localhost.
    host = f"http://localhost:{port}"
    site.page(f"/w/{KEY}.js", KEY)
    tag = "" if rule == "not_embedded" else f'<script src="{host}/w/{KEY}.js"></script>'
    filled = {name: text.replace("{port}", port) for name, text in headers.items()}
    page = site.page("/", body + tag, status, **filled)
    site.page("/moved", tag)
    one = widget(
        n8n.add(Workflow(says({"output": "Hi"}))), domains=[f"127.0.0.1:{port}"]
    )
    (finding,) = check_online(one, World(client, pages=(page,)), host=host)
    assert finding.rule == rule
    if rule == "csp":
        assert f"script-src {host}" in finding.fix
    if rule == "page_elsewhere":
        assert f"localhost:{port}" in finding.fix


def test_isolation_and_a_forbidden_microphone_are_found(
    client: httpx.Client, site: Site, openai: OpenAIStandIn
) -> None:
    page = site.page(
        "/",
        Cross_Origin_Embedder_Policy="require-corp",
        Permissions_Policy="camera=(), microphone=()",
    )
    one = chatkit(any_site=True, composer__dictation__enabled=True)
    world = World(client, {"openai_api_key": GOOD_KEY}, (page,), openai=openai.base)
    found = rules(check_online(one, world))
    assert found == ["isolated_page", "no_microphone", "agent_builder_answers"]


def test_a_server_without_the_widget_is_found(
    client: httpx.Client, n8n: N8nStandIn, site: Site
) -> None:
    page = site.page("/", f"/w/{KEY}.js")
    one = widget(n8n.add(Workflow(says({"output": "Hi"}))), any_site=True)
    world = World(client, pages=(page,))
    assert rules(check_online(one, world, host=site.base)) == ["server"]
    site.page(f"/w/{KEY}.js", 'console.info("Vitrine: this widget is paused");\n')
    (finding,) = check_online(one, world, host=site.base)
    assert "this widget is paused" in finding.message
    (finding,) = [
        one_
        for one_ in check_online(one, world, host="http://127.0.0.1:1")
        if one_.rule == "server"
    ]
    assert "cannot be reached" in finding.message


def test_names_that_nobody_has_are_found(client: httpx.Client, n8n: N8nStandIn) -> None:
    def resolve(host: str) -> None:
        if host == "shpo.example":
            raise OSError("no such host")

    one = widget(
        n8n.add(Workflow(says({"output": "Hi"}))),
        domains=["shop.example", "shpo.example", "*.shpo.example", "localhost:5173"],
    )
    world = World(client, pages=("http://127.0.0.1:1/",), resolve=resolve)
    found = [one_ for one_ in check_online(one, world) if one_.rule == "site_unknown"]
    assert ["shpo.example" in one_.message for one_ in found] == [True]


def test_endless_bodies_and_redirects_end(client: httpx.Client, site: Site) -> None:
    site.page("/loop", status=302, Location="/loop")
    long = site.page("/long", "x" * (MOST_BYTES + 10))
    world = World(client, pages=(f"{site.base}/loop",))
    assert len(world.visit(long).body) == MOST_BYTES
    one = widget("", any_site=True)
    (finding,) = check_online(one, world)
    assert "without end" in finding.message


def test_the_command_says_what_it_found(
    n8n: N8nStandIn, site: Site, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    made = n8n.add(Workflow(says({"output": "Hi"}), active=False))
    file = tmp_path / "a.widget.json"
    file.write_bytes(write_widget(widget(made, any_site=True)))
    page = site.page("/", "<title>Shop</title>")
    code = main(["check", str(file), "--online", "--page", page, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert code == 1
    assert "webhook_inactive" in [one["rule"] for one in found["findings"]]
