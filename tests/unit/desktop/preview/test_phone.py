"""The second listener for phones: who comes in, what they reach, how they are cut off.

127.0.0.2 stands in for this computer's address in its network.
"""

from __future__ import annotations

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from desktop.preview.opening import open_preview
from desktop.preview.phone.door import Door
from desktop.preview.phone.listener import PhoneListener
from desktop.preview.phone.network import is_near
from exporter.contract.errors import WorldError
from exporter.providers.registry import providers
from exporter.runtime_config import runtime_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.preview.host import PreviewHost

ADDRESS = "127.0.0.2"
# Keys that are the same in every process, for they are in the cases' names.
WIDGETS = {
    f"sample{number:010}": widget.model_copy(update={"key": f"sample{number:010}"})
    for number, widget in enumerate(w for each in providers() for w in each.samples())
}
WIDGET, OTHER = list(WIDGETS.values())[:2]
PAGE = f"/preview/{WIDGET.key}?state=open"
SECRET = "sk-never-to-be-seen"


class Keychain:
    async def read(self, widget_key: str, name: str) -> str | None:
        return SECRET


@pytest.fixture(scope="module")
def host() -> Iterator[PreviewHost]:
    one = open_preview(WIDGETS.get, Keychain(), simulated=lambda key: "no network")
    one.start()
    yield one
    one.shutdown()


@pytest.fixture
def listener(host: PreviewHost) -> Iterator[PhoneListener]:
    one = PhoneListener(host)
    one.open(ADDRESS)
    one.feed.load(WIDGET.key, PAGE, runtime_config(WIDGET))
    yield one
    one.close()


@pytest.fixture
def phone(listener: PhoneListener) -> Iterator[httpx.Client]:
    with _client(listener) as one:
        assert _enter(one, listener).status_code == 204
        yield one


@pytest.fixture
def stranger(listener: PhoneListener) -> Iterator[httpx.Client]:
    with _client(listener) as one:
        yield one


def _client(listener: PhoneListener) -> httpx.Client:
    return httpx.Client(base_url=listener.base, trust_env=False, timeout=20)


def _enter(
    client: httpx.Client, listener: PhoneListener, invitation: str = ""
) -> httpx.Response:
    token = (invitation or listener.invitation()).partition("#")[2]
    headers = {"origin": listener.base}
    return client.post("/enter", content=token, headers=headers)


def _events(answer: httpx.Response) -> Iterator[tuple[str, Any]]:
    kind = ""
    for line in answer.iter_lines():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


def test_an_invitation_shows_the_page_and_all_that_it_needs(
    phone: httpx.Client, listener: PhoneListener
) -> None:
    page = phone.get("/", follow_redirects=True)
    assert page.status_code == 200
    assert page.url.raw_path == PAGE.encode()
    assert "/follow.js" in page.text
    assert f"{listener.base}/w/{WIDGET.key}.js?state=open" in page.text
    script = phone.get(f"/w/{WIDGET.key}.js")
    assert script.status_code == 200
    assert WIDGET.name in script.text
    assert f'base:"{listener.base}"' in script.text.replace('": "', '":"')
    follow = phone.get("/follow.js")
    assert follow.headers["content-type"] == "text/javascript"
    bundles = [part for part in script.text.split('"') if part.startswith("runtime/")]
    assert bundles
    for bundle in bundles:
        assert phone.get(f"/{bundle}").status_code == 200


def test_an_invitation_is_good_for_one(
    phone: httpx.Client, stranger: httpx.Client, listener: PhoneListener
) -> None:
    invitation = listener.invitation()
    assert _enter(stranger, listener, invitation).status_code == 204
    with _client(listener) as third:
        refused = _enter(third, listener, invitation)
        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "invitation_spent"
        assert "set-cookie" not in refused.headers
        assert third.get(PAGE).status_code == 404
    assert phone.get(PAGE).status_code == 200, "who is in stays"


def test_a_newer_invitation_and_none_void_the_last(
    stranger: httpx.Client, listener: PhoneListener
) -> None:
    first = listener.invitation()
    second = listener.invitation()
    assert _enter(stranger, listener, first).status_code == 403
    listener.door.withdraw()
    assert _enter(stranger, listener, second).status_code == 403


def test_two_at_once_do_not_both_come_in() -> None:
    for _ in range(20):
        door = Door()
        with ThreadPoolExecutor(4) as crowd:
            keys = list(crowd.map(door.enter, [door.invite()] * 4))
        assert sum(bool(key) for key in keys) == 1


@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        f"/w/{WIDGET.key}.js",
        f"/chat/{WIDGET.key}",
        f"/widget/chatkit/{WIDGET.key}",
        "/live",
        "/live?page=1",
        "/follow.js",
        "/healthz",
        "/metrics",
        "/owner",
        "/api/widgets",
    ],
)
def test_a_stranger_sees_nothing(stranger: httpx.Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert WIDGET.name not in answer.text


def test_a_stranger_reads_how_to_get_in(stranger: httpx.Client) -> None:
    answer = stranger.get("/")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert WIDGET.key not in answer.text
    assert "scan the code" in stranger.get("/enter.js").text.lower()


@pytest.mark.parametrize("cookie", ["", "x", "a" * 5000, '"', "vitrine-phone", "é"])
def test_a_made_up_key_opens_nothing(stranger: httpx.Client, cookie: str) -> None:
    value = f"vitrine-phone={cookie}".encode()
    answer = stranger.get(PAGE, headers={b"cookie": value})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "token", ["", "x", "a" * 32, "a" * 100_000, "\x00", "é" * 20, "#", "null"]
)
def test_a_made_up_invitation_opens_nothing(
    stranger: httpx.Client, listener: PhoneListener, token: str
) -> None:
    listener.invitation()
    answer = stranger.post(
        "/enter", content=token.encode(), headers={"origin": listener.base}
    )
    assert answer.status_code == 403


def test_an_invitation_without_one_being_wanted_opens_nothing(
    stranger: httpx.Client, listener: PhoneListener
) -> None:
    answer = stranger.post("/enter", content="", headers={"origin": listener.base})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin", ["", "null", "https://evil.example", "http://127.0.0.2", "http://x:1"]
)
def test_another_origins_page_spends_no_invitation(
    stranger: httpx.Client, listener: PhoneListener, origin: str
) -> None:
    invitation = listener.invitation()
    token = invitation.partition("#")[2]
    headers = {"origin": origin} if origin else {}
    assert stranger.post("/enter", content=token, headers=headers).status_code == 404
    assert _enter(stranger, listener, invitation).status_code == 204


@pytest.mark.parametrize("name", ["evil.example", "localhost", "127.0.0.2", ""])
def test_a_name_that_was_rebound_to_it_fails(
    phone: httpx.Client, listener: PhoneListener, name: str
) -> None:
    port = listener.base.rpartition(":")[2]
    for host in (name, f"{name}:{port}"):
        if f"http://{host}" == listener.base:
            continue
        assert phone.get(PAGE, headers={"host": host}).status_code == 404
        assert phone.get("/", headers={"host": host}).status_code == 404


def test_another_origins_page_gets_nothing_from_a_phone_that_is_in(
    phone: httpx.Client,
) -> None:
    headers = {"origin": "https://evil.example"}
    for path in (PAGE, "/live", f"/w/{WIDGET.key}.js"):
        assert phone.get(path, headers=headers).status_code == 404
    wanted = {"widget": WIDGET.key}
    refused = phone.post("/api/chatkit/create-session", json=wanted, headers=headers)
    assert refused.status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/widgets"),
        ("GET", f"/api/widgets/{WIDGET.key}"),
        ("PUT", f"/api/widgets/{WIDGET.key}"),
        ("PUT", f"/api/widgets/{WIDGET.key}/secrets"),
        ("DELETE", f"/api/widgets/{WIDGET.key}"),
        ("GET", "/owner"),
        ("GET", "/metrics"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/openapi.json"),
        ("GET", f"/chat/{WIDGET.key}"),
        ("GET", f"/w/{OTHER.key}.js"),
        ("GET", f"/preview/{OTHER.key}"),
        ("GET", f"/widget/chatkit/{OTHER.key}"),
        ("POST", f"/api/chat-relay/{OTHER.key}"),
        ("GET", f"/api/chat-relay/{WIDGET.key}"),
        ("GET", "//evil.example/"),
        ("GET", f"/x/../w/{OTHER.key}.js"),
        ("GET", f"/w/{WIDGET.key}.js/../../owner"),
        ("OPTIONS", "/api/events"),
        ("TRACE", "/"),
    ],
)
def test_a_phone_reaches_nothing_but_its_page(
    phone: httpx.Client, method: str, path: str
) -> None:
    answer = phone.request(method, httpx.URL(phone.base_url, raw_path=path.encode()))
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
    assert OTHER.name not in answer.text


def test_a_session_for_another_widget_is_not_to_be_had(phone: httpx.Client) -> None:
    wanted = {"widget": OTHER.key}
    answer = phone.post("/api/chatkit/create-session", json=wanted)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "widget_unknown"


def test_no_secret_is_in_anything_a_phone_can_read(phone: httpx.Client) -> None:
    for path in (PAGE, f"/w/{WIDGET.key}.js", "/follow.js"):
        assert SECRET not in phone.get(path).text
    with phone.stream("GET", "/live?page=1") as answer:
        kind, config = next(_events(answer))
    assert kind == "patch"
    assert SECRET not in json.dumps(config)


def test_it_listens_nowhere_else(listener: PhoneListener, host: PreviewHost) -> None:
    port = int(listener.base.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.3", port), timeout=5)
    place = host.address(WIDGET.key).partition(str(host.port))[2]
    with _client(listener) as client:
        assert client.get(place).status_code == 404


def test_the_window_preview_takes_no_phones_key(
    phone: httpx.Client, host: PreviewHost
) -> None:
    origin = f"http://localhost:{host.port}"
    headers = {"cookie": f"vitrine-phone={phone.cookies['vitrine-phone']}"}
    answer = httpx.get(f"{origin}{PAGE}", headers=headers, trust_env=False)
    assert answer.status_code == 404


def test_edits_follow_as_patches_and_another_page_as_a_load(
    phone: httpx.Client, listener: PhoneListener
) -> None:
    config = runtime_config(WIDGET)
    with phone.stream("GET", "/live?page=1") as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        told = _events(answer)
        assert next(told) == ("patch", json.loads(json.dumps(config)))
        louder = {**config, "launcher": {**config["launcher"], "size": 77}}
        listener.feed.show(louder)
        assert next(told) == ("patch", {"launcher": {"size": 77}})
        listener.feed.load(WIDGET.key, f"{PAGE}&site=docs", louder)
        assert next(told) == ("load", {})
        assert list(told) == []
    assert phone.get("/").headers["location"] == f"{PAGE}&site=docs"
    assert 'data-page="2"' in phone.get(f"{PAGE}&site=docs").text


@pytest.mark.parametrize("number", ["0", "99", "", "-1", "x", "9" * 400])
def test_a_page_that_is_no_longer_shown_is_told_so(
    phone: httpx.Client, number: str
) -> None:
    with phone.stream("GET", f"/live?page={number}") as answer:
        assert list(_events(answer)) == [("load", {})]


def test_turned_off_it_is_off_for_everybody_at_once(
    phone: httpx.Client, listener: PhoneListener
) -> None:
    with phone.stream("GET", "/live?page=1") as answer:
        told = _events(answer)
        next(told)
        listener.close()
        assert list(told) == [("off", {})]
    with pytest.raises(httpx.ConnectError):
        phone.get(PAGE)


def test_an_old_phone_is_a_stranger_once_it_is_on_again(
    phone: httpx.Client, listener: PhoneListener, host: PreviewHost
) -> None:
    listener.close()
    again = PhoneListener(host)
    again.open(ADDRESS)
    try:
        assert again.base == listener.base, "the same port"
        again.feed.load(WIDGET.key, PAGE, runtime_config(WIDGET))
        assert phone.get(PAGE).status_code == 404
    finally:
        again.close()


def test_who_follows_is_counted(host: PreviewHost) -> None:
    counts: list[int] = []
    changed = threading.Condition()

    def count(many: int) -> None:
        with changed:
            counts.append(many)
            changed.notify()

    listener = PhoneListener(host, on_count=count)
    listener.open(ADDRESS)
    listener.feed.load(WIDGET.key, PAGE, {"key": WIDGET.key})
    try:
        with _client(listener) as phone:
            _enter(phone, listener)
            with phone.stream("GET", "/live?page=1") as answer:
                told = _events(answer)
                assert next(told)[0] == "patch"
                assert counts == [1]
        with changed:
            assert changed.wait_for(lambda: counts == [1, 0], 20)
    finally:
        listener.close()


def test_its_end_is_told_and_may_be_asked_for_twice(host: PreviewHost) -> None:
    ended = threading.Event()
    listener = PhoneListener(host, on_end=lambda failure: ended.set())
    listener.open(ADDRESS)
    with _client(listener) as stranger:
        assert stranger.get("/").status_code == 200
    listener.close()
    assert ended.wait(10)
    listener.close()


def test_closed_before_it_began_it_never_listens(host: PreviewHost) -> None:
    for _ in range(10):
        listener = PhoneListener(host)
        listener.open(ADDRESS)
        listener.close()
        port = int(listener.base.rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((ADDRESS, port), timeout=5)


def test_an_address_that_is_not_ours_is_said(host: PreviewHost) -> None:
    listener = PhoneListener(host)
    with pytest.raises(WorldError) as refused:
        listener.open("192.0.2.7")
    assert "192.0.2.7" in refused.value.message
    assert refused.value.hint
    listener.close()


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("192.168.1.20", True),
        ("10.0.0.3", True),
        ("172.20.1.1", True),
        ("169.254.7.7", True),
        ("100.90.1.2", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.5", False),
        ("8.8.8.8", False),
        ("::1", False),
        ("", False),
    ],
)
def test_only_a_private_network_will_do(address: str, near: bool) -> None:
    assert is_near(address) is near
