"""Secrets turn up in no answer, no log line and no metric, whatever goes wrong."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import secrets
import timeit
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.watching.logs import REQUEST_ID, Blackout, JsonLines, log_json
from tests.standins.openai import fails
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY, SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.hosting import House
    from tests.standins.n8n import Workflow
    from tests.standins.openai import OpenAIStandIn
    from tests.standins.postgres import PostgreSQL

pytestmark = pytest.mark.anyio
CANARY = "canary-5d1f0c-secret"
OWN = {"origin": SITE}


@pytest.fixture
def lines() -> Iterator[tuple[io.StringIO, Blackout]]:
    """Everything that is logged, at its most talkative."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream, blackout = io.StringIO(), Blackout()
    log_json(blackout, "DEBUG", stream)
    yield stream, blackout
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def backup(request: pytest.FixtureRequest, house: House) -> Callable[[], str]:
    """What somebody has who has the database: its files, or its dump."""
    if not house.database.is_sqlite:
        server: PostgreSQL = request.getfixturevalue("postgres")
        return lambda: server.dump(house.settings.database)
    path = house.folder / "server.db"
    parts = (path, path.with_suffix(".db-wal"))
    return lambda: "".join(part.read_bytes().decode("latin-1") for part in parts)


async def test_no_secret_anywhere(
    house: House,
    openai: OpenAIStandIn,
    greeter: Workflow,
    lines: tuple[io.StringIO, Blackout],
    backup: Callable[[], str],
) -> None:
    house.keep(CHATKIT_KEY, "openai_api_key", f"sk-{CANARY}")
    house.keep(CHATKIT_KEY, "visitor_identity", CANARY * 2)
    house.keep(N8N_KEY, "webhook_auth", f"user:{CANARY}")
    app = house.app()
    told: list[str] = []
    async with house.client(app) as client:
        bearer = {"authorization": f"Bearer {house.token}"}
        for behaviour in (None, fails(401, f"sk-{CANARY}"), fails(500), fails(429)):
            openai.behave(always=behaviour)
            for body in (
                {"widget": CHATKIT_KEY},
                {"widget": CHATKIT_KEY, "user": "a", "proof": "x"},
                {"widget": CHATKIT_KEY, "proof": "a.b.c"},
            ):
                answer = await client.post(
                    "/api/chatkit/create-session", json=body, headers=OWN
                )
                told.append(answer.text + str(answer.headers))
        words = {"action": "sendMessage", "sessionId": "s", "chatInput": "x"}
        for auth in (None, ("user", CANARY), ("user", "another")):
            greeter.auth = auth
            answer = await client.post(
                f"/api/chat-relay/{N8N_KEY}", json=words, headers=OWN
            )
            told.append(answer.text + str(answer.headers))
        for path in (
            f"/w/{N8N_KEY}.js", f"/w/{CHATKIT_KEY}.js", f"/chat/{N8N_KEY}",
            f"/widget/chatkit/{CHATKIT_KEY}", "/readyz", "/metrics",
            f"/api/widgets/{CHATKIT_KEY}", f"/api/widgets/{CHATKIT_KEY}/secrets",
            f"/api/widgets/{CHATKIT_KEY}/secrets/openai_api_key",
            f"/api/widgets/{CHATKIT_KEY}/versions",
        ):  # fmt: skip
            answer = await client.get(path, headers=bearer)
            told.append(answer.text + str(answer.headers))
    told.append(app._equipment.meters.text().decode())  # noqa: SLF001
    await app.close()
    assert [text for text in told if CANARY in text] == []
    logged = lines[0].getvalue()
    assert CANARY not in logged
    assert house.token not in logged
    assert len(logged.splitlines()) > 10
    assert not [text for text in told if house.token in text]
    kept = backup()
    assert N8N_KEY in kept
    assert CANARY not in kept
    assert CANARY.encode().hex() not in kept
    assert house.token not in kept


def test_what_was_read_is_blacked_out_everywhere() -> None:
    stream = io.StringIO()
    blackout = Blackout()
    logger = logging.Logger("one")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(blackout))
    logger.addHandler(handler)
    blackout.learn(f"name:{CANARY}")
    try:
        raise ValueError(f"refused {CANARY}")
    except ValueError:
        logger.exception("went wrong with %s", CANARY, extra={"more": [CANARY]})
    line = json.loads(stream.getvalue())
    assert CANARY not in stream.getvalue()
    assert "█" in line["message"]
    assert "█" in line["trace"]
    assert "█" in line["more"][0]


@pytest.mark.parametrize(
    "text",
    [
        "sk-proj-abcdefgh12345678", "Bearer abcdefgh12345", "vit_abcdefgh12345678",
        "ek_68b0_abcdefgh12345", "redis://user:hidden-password@host/0",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl",
        "Authorization: Basic dXNlcjpwYXNz", "redis://:hidden-password@host/0",
    ],
)  # fmt: skip
def test_what_looks_like_a_secret(text: str) -> None:
    cleaned = Blackout().clean(f"before {text} after")
    assert "█" in cleaned
    assert cleaned.startswith("before ")
    assert cleaned.endswith(" after")
    for part in ("abcdefgh12345", "hidden-password", "dXNlcjpwYXNz", "c2lnbmF0"):
        assert part not in cleaned


def test_a_secret_is_black_however_json_writes_it() -> None:
    secret = 'pass"word\\of ünder/a\tline'
    blackout = Blackout()
    blackout.learn(f"name:{secret}")
    record = logging.LogRecord("n", 20, "file", 1, "refused %s!", (secret,), None)
    line = JsonLines(blackout).format(record)
    assert json.loads(line)["message"] == "refused █████!"


def test_of_two_secrets_the_longer_goes_whole() -> None:
    blackout = Blackout()
    for one in ("canary-1", "canary-1-and-more", "nary-1"):
        blackout.learn(one)
    assert blackout.clean("x canary-1-and-more y canary-1") == "x █████ y █████"


def test_many_secrets_make_no_line_slow() -> None:
    few, many = Blackout(), Blackout()
    few.learn("secret of one")
    for number in range(10_000):
        many.learn(hashlib.sha256(b"%d" % number).hexdigest())
    text = "A line as they are written, of some length. " * 10

    def seconds(one: Blackout) -> float:
        def work() -> None:
            one.learn(secrets.token_hex())
            one.clean(text)

        return min(timeit.repeat(work, number=5, repeat=5))

    assert seconds(many) < 5 * seconds(few)


@given(st.text(max_size=200), st.dictionaries(st.text(max_size=8), st.text()))
def test_every_line_is_one_json_object(message: str, more: dict[str, str]) -> None:
    record = logging.LogRecord("name", 20, "file", 1, "%s", (message,), None)
    vars(record).update({f"x{name}": value for name, value in more.items()})
    token = REQUEST_ID.set("abc")
    line = JsonLines(Blackout()).format(record)
    REQUEST_ID.reset(token)
    assert "\n" not in line
    assert json.loads(line)["request_id"] == "abc"


async def test_lines_tell_no_address_and_no_words(
    house: House, lines: tuple[io.StringIO, Blackout]
) -> None:
    words = {"action": "sendMessage", "sessionId": "s-anna", "chatInput": "my words"}
    async with house.client(headers=OWN) as client:
        answer = await client.post(f"/api/chat-relay/{N8N_KEY}?q=asked", json=words)
    logged = lines[0].getvalue()
    (line,) = [
        one for one in map(json.loads, logged.splitlines())
        if one["logger"] == "vitrine.requests"
    ]  # fmt: skip
    assert line["request_id"] == answer.headers["x-request-id"]
    assert (line["message"], line["status"]) == ("POST relay", 200)
    for private in ("203.0.113.7", "my words", "s-anna", "asked", "webhook"):
        assert private not in logged
