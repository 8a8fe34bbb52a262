"""The loopback host: final from the first moment, and deaf to everybody else."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from desktop.preview.address import View
from desktop.preview.host import PreviewHost
from desktop.preview.opening import open_preview
from desktop.preview.sites import SITES
from exporter.contract.errors import WorldError
from exporter.providers.n8n.settings import N8nWidget
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporter.contract.widget import Widget

SAMPLES = {widget.key: widget for each in providers() for widget in each.samples()}
KEY = next(iter(SAMPLES))


class NoSecrets:
    async def read(self, widget_key: str, name: str) -> str | None:
        return None


def opened(widgets: dict[str, Widget], folder: Path | None = None) -> PreviewHost:
    return open_preview(
        widgets.get, NoSecrets(), simulated=lambda key: "no network", folder=folder
    )


@pytest.fixture
def host() -> Iterator[PreviewHost]:
    one = opened(SAMPLES)
    one.start()
    yield one
    one.shutdown()
    assert not [each for each in threading.enumerate() if each.name == "preview host"]


@pytest.fixture
def client(host: PreviewHost) -> Iterator[httpx.Client]:
    with httpx.Client(timeout=10, trust_env=False) as one:
        yield one


@pytest.mark.parametrize("key", SAMPLES, ids=range(len(SAMPLES)))
def test_shows_every_sample(host: PreviewHost, client: httpx.Client, key: str) -> None:
    page = client.get(host.address(key))
    assert page.status_code == 200
    assert f"{host.base}/w/{key}.js" in page.text
    script = client.get(f"{host.base}/w/{key}.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert 'simulated:"no network"' in script.text
    assert SAMPLES[key].name in script.text


def test_the_page_may_be_asked_for_before_the_thread_runs() -> None:
    host = opened(SAMPLES)
    answers: list[httpx.Response] = []
    early = threading.Thread(
        target=lambda: answers.append(
            httpx.get(host.address(KEY), timeout=10, trust_env=False)
        )
    )
    early.start()
    host.start()
    early.join()
    host.shutdown()
    assert [answer.status_code for answer in answers] == [200]


def test_the_runtime_comes_from_the_same_place(
    host: PreviewHost, client: httpx.Client
) -> None:
    script = client.get(f"{host.base}/w/{KEY}.js").text
    address = re.search(r"runtime/[0-9a-f]{16}/chat\.js", script)
    assert address is not None
    answer = client.get(f"{host.base}/{address[0]}")
    assert answer.status_code == 200
    assert b"export{" in answer.content


def test_the_newest_widget_is_served(client: httpx.Client) -> None:
    widgets: dict[str, Widget] = {}
    host = opened(widgets)
    host.start()
    try:
        assert client.get(host.address(KEY)).status_code == 404
        for name in ("First", "Second <b>"):
            widgets[KEY] = N8nWidget(key=KEY, name=name)
            script = client.get(f"{host.base}/w/{KEY}.js").text
            assert name.replace("<", "\\u003c").replace(">", "\\u003e") in script
        assert "<title>Second &lt;b&gt;</title>" in client.get(host.address(KEY)).text
    finally:
        host.shutdown()


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(mode="inline", locale="de-DE"), "mode=inline&amp;locale=de-DE"),
        (View(state="open", instant=True), "state=open&amp;instant=1"),
        (View(site="blank"), 'data-target="#chat"'),
    ],
)
def test_a_view_reaches_the_page(
    host: PreviewHost, client: httpx.Client, view: View, expected: str
) -> None:
    assert expected in client.get(host.address(KEY, view)).text


def test_mode_and_language_are_in_the_config_so_that_patches_still_hold(
    host: PreviewHost, client: httpx.Client
) -> None:
    query = View(mode="inline", locale="de-DE").query()
    script = client.get(f"{host.base}/w/{KEY}.js?{query}").text
    assert 'mode:"inline"' in script
    assert 'locale:"de-DE"' in script
    query = View(locale='de"};alert(1)//').query()
    assert "alert(" not in client.get(f"{host.base}/w/{KEY}.js?{query}").text


def test_a_view_reaches_the_script(host: PreviewHost, client: httpx.Client) -> None:
    query = View(state="closed", instant=True).query()
    script = client.get(f"{host.base}/w/{KEY}.js?{query}").text
    assert 'state:"closed",instant:true' in script


@pytest.mark.parametrize("site", SITES)
def test_every_sample_site_carries_the_widget_and_needs_no_network(
    host: PreviewHost, client: httpx.Client, site: str
) -> None:
    page = client.get(host.address(KEY, View(site=site))).text
    assert f"/w/{KEY}.js" in page
    assert 'id="chat"' in page
    assert "<title></title>" not in page
    outside = re.findall(r"https?://[^\s\"')]+", page)
    assert all(address.startswith(host.base) for address in outside)
    assert len(page) < 12_000


@pytest.mark.parametrize("site", ["nowhere", "../../etc/passwd", "%2e%2e", ""])
def test_no_site_but_ours(host: PreviewHost, client: httpx.Client, site: str) -> None:
    answer = client.get(f"{host.base}/preview/{KEY}?site={site}")
    assert "root:" not in answer.text
    assert answer.status_code in (200, 404)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:{port}"},
        {"host": "127.0.0.1:{port}"},
        {"host": "localhost"},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:1"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:{port}"},
        {"origin": "http://localhost:{port}.evil.example"},
    ],
)
def test_refuses_foreign_names_and_origins(
    host: PreviewHost, client: httpx.Client, headers: dict[str, str]
) -> None:
    filled = {name: text.format(port=host.port) for name, text in headers.items()}
    answer = client.get(host.address(KEY), headers=filled)
    assert answer.status_code == 404
    assert KEY not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/preview/{key}", "/w/{key}.js", "/x/w/{key}.js", "//w/{key}.js"]
)
def test_needs_the_token(host: PreviewHost, client: httpx.Client, path: str) -> None:
    answer = client.get(host.origin + path.format(key=KEY))
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
    assert KEY not in answer.text


def test_own_origin_is_let_in(host: PreviewHost, client: httpx.Client) -> None:
    answer = client.get(host.address(KEY), headers={"origin": host.origin})
    assert answer.status_code == 200


def test_keeps_its_port_from_run_to_run(tmp_path: Path) -> None:
    first = opened(SAMPLES, tmp_path)
    port = first.port
    second = opened(SAMPLES, tmp_path)
    assert second.port != port
    second.shutdown()
    first.shutdown()
    (tmp_path / "preview-port").write_text(str(port))
    third = opened(SAMPLES, tmp_path)
    third.shutdown()
    assert third.port == port


@pytest.mark.parametrize("content", ["", "x", "99999999", "-1", "80", "\xff"])
def test_a_damaged_port_file_costs_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "preview-port").write_bytes(content.encode("latin-1"))
    host = opened(SAMPLES, tmp_path)
    host.shutdown()
    assert (tmp_path / "preview-port").read_text() == str(host.port)


def test_gives_the_port_back() -> None:
    host = opened(SAMPLES)
    host.start()
    host.start()
    host.shutdown()
    host.shutdown()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", host.port), timeout=5)


def test_an_app_that_cannot_be_made_refuses_at_once() -> None:
    failures: list[BaseException] = []
    told = threading.Event()

    def fail(base: str) -> Any:
        raise LookupError("no runtime")

    def on_failure(failure: BaseException) -> None:
        failures.append(failure)
        told.set()

    host = PreviewHost(fail, on_failure=on_failure)
    host.start()
    assert told.wait(10)
    assert isinstance(failures[0], LookupError)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", host.port), timeout=5)
    with pytest.raises(WorldError, match="does not run"):
        host.submit(_nothing).result(10)
    host.shutdown()


async def _nothing(app: object) -> None:
    return None


def test_work_waits_for_the_host() -> None:
    host = opened(SAMPLES)
    try:
        assert host.submit(_nothing).result(10) is None
    finally:
        host.shutdown()


def test_work_under_way_ends_with_the_host() -> None:
    host = opened(SAMPLES)
    begun = threading.Event()

    async def forever(app: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    future = host.submit(forever)
    assert begun.wait(10)
    host.shutdown()
    with pytest.raises(CancelledError):
        future.result(10)


def test_work_can_be_cancelled(host: PreviewHost) -> None:
    cancelled = threading.Event()
    begun = threading.Event()

    async def forever(app: object) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    future = host.submit(forever)
    assert begun.wait(10)
    assert future.cancel()
    assert cancelled.wait(10)


def test_a_guest_may_load_the_widget_while_it_is_one(
    host: PreviewHost, client: httpx.Client
) -> None:
    headers = {"origin": "https://shop.example"}
    address = f"{host.base}/w/{KEY}.js"
    assert client.get(address, headers=headers).status_code == 404
    host.welcome("https://shop.example")
    assert client.get(address, headers=headers).status_code == 200
    host.welcome("")
    assert client.get(address, headers=headers).status_code == 404
