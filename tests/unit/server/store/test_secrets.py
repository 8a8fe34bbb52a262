"""Secrets: sealed into their row, told of by hints, sealed anew without a gap."""

from __future__ import annotations

import base64
import stat
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text, update

from exporter.contract.errors import InputError
from server.cli.secrets import rotate
from server.store import secrets, serving
from server.store.errors import KeysMissing, SecretMissing
from server.store.keys import FileKeys, FixedKeys, id_of, parse_keys
from server.store.sealing import hint_of, unseal
from server.store.tables import SecretRecord, WidgetRecord
from tests.unit.server.store.conftest import draft, new_licence, put

if TYPE_CHECKING:
    from pathlib import Path

    from server.store.database import Database
    from server.store.keys import Keys
    from server.store.records import LicenceFacts

KEY, OTHER = "w" * 16, "v" * 16
CANARY = "sk-canary-0123456789abcdef"
ONE, TWO = bytes(range(32)), bytes(range(32, 64))


def keep(
    database: Database,
    licence: LicenceFacts,
    keys: Keys,
    key: str = KEY,
    name: str = "openai_api_key",
    value: str = CANARY,
) -> secrets.Hint:
    with database.writing() as session:
        return secrets.put(session, licence.id, key, name, value, keys)


def opened(database: Database, keys: Keys, key: str, name: str) -> str:
    with database.reading() as session:
        _, served = serving.look(session, key)
    assert served is not None
    return unseal(keys, served.sealed[name])


def test_a_secret_comes_back_to_the_server_alone(
    database: Database, licence: LicenceFacts, keys: FileKeys
) -> None:
    put(database, licence, draft(KEY))
    hint = keep(database, licence, keys)
    assert hint.hint == "•••• cdef"
    assert opened(database, keys, KEY, "openai_api_key") == CANARY
    keep(database, licence, keys, value="sk-another-secret-987")
    assert opened(database, keys, KEY, "openai_api_key") == "sk-another-secret-987"
    with database.reading() as session:
        (told,) = secrets.hints(session, licence.id, KEY)
    assert "secret" not in repr(told)


def test_nothing_that_lies_on_the_disk_tells_it(
    database: Database, licence: LicenceFacts, keys: FileKeys
) -> None:
    put(database, licence, draft(KEY))
    keep(database, licence, keys)
    with database.reading() as session:
        row = session.execute(text("SELECT * FROM secrets")).one()
    written = b"".join(
        part if isinstance(part, bytes) else str(part).encode() for part in row
    )
    assert b"canary" not in written
    assert base64.b64encode(CANARY.encode())[:12] not in written


def test_a_sealed_secret_does_not_open_elsewhere(
    database: Database, licence: LicenceFacts, keys: FileKeys
) -> None:
    stranger = new_licence(database)
    put(database, licence, draft(KEY))
    put(database, stranger, draft(OTHER))
    keep(database, licence, keys)
    keep(database, stranger, keys, OTHER, value="the stranger's own")
    keep(database, licence, keys, name="webhook_auth", value="a:b")
    taken = select(SecretRecord.nonce, SecretRecord.sealed, WidgetRecord.key).join(
        WidgetRecord
    )
    with database.reading() as session:
        nonce, sealed, _ = next(
            row
            for row in session.execute(
                taken.where(SecretRecord.name == "openai_api_key")
            )
            if row[2] == KEY
        )
    with database.writing() as session:
        session.execute(update(SecretRecord).values(nonce=nonce, sealed=sealed))
    assert opened(database, keys, KEY, "openai_api_key") == CANARY
    for key, name in ((OTHER, "openai_api_key"), (KEY, "webhook_auth")):
        with pytest.raises(KeysMissing) as caught:
            opened(database, keys, key, name)
        assert CANARY not in str(caught.value)


def test_a_widget_that_changes_hands_leaves_its_secrets_shut(
    database: Database, licence: LicenceFacts, keys: FileKeys
) -> None:
    put(database, licence, draft(KEY))
    keep(database, licence, keys)
    with database.writing() as session:
        session.execute(
            update(WidgetRecord).values(licence_id=new_id(database, session))
        )
    with pytest.raises(KeysMissing):
        opened(database, keys, KEY, "openai_api_key")


def new_id(database: Database, session: object) -> int:
    from sqlalchemy.orm import Session

    from server.store import licences

    assert isinstance(session, Session)
    return licences.create(session, "agency")[0].id


def test_rotation_seals_everything_and_loses_nothing(
    database: Database, licence: LicenceFacts, keys: FileKeys
) -> None:
    expected = {}
    put(database, licence, draft(KEY))
    for number in range(3):
        name = f"name{number}"
        keep(database, licence, keys, name=name, value=f"value {number}")
        expected[name] = f"value {number}"
    server = FileKeys(keys.path)  # another process that runs all the while
    assert opened(database, server, KEY, "name0") == "value 0"
    before = keys.ids()
    fresh = keys.rotate()
    assert rotate(database, keys) == 3
    with database.reading() as session:
        assert secrets.key_ids(session) == {fresh: 3}
    for one in (keys, server):
        for name, value in expected.items():
            assert opened(database, one, KEY, name) == value
    keep(database, licence, server, name="later", value="later on")
    with database.reading() as session:
        assert secrets.key_ids(session) == {fresh: 4}
    assert keys.retire({fresh}) == len(before)
    assert opened(database, server, KEY, "name2") == "value 2"


def test_rotation_takes_more_than_one_step(
    database: Database, licence: LicenceFacts, keys: FileKeys
) -> None:
    put(database, licence, draft(KEY))
    for number in range(7):
        keep(database, licence, keys, name=f"name{number}", value=f"value {number}")
    keys.rotate()
    done = []
    while not done or done[-1]:
        with database.writing() as session:
            done.append(secrets.seal_anew(session, keys, 3))
    assert done == [3, 3, 1, 0]
    for number in range(7):
        assert opened(database, keys, KEY, f"name{number}") == f"value {number}"


def test_keys_of_the_environment_rotate_too(
    database: Database, licence: LicenceFacts
) -> None:
    put(database, licence, draft(KEY))
    keep(database, licence, FixedKeys((ONE,)))
    both = FixedKeys((TWO, ONE))
    assert rotate(database, both) == 1
    assert opened(database, FixedKeys((TWO,)), KEY, "openai_api_key") == CANARY
    with pytest.raises(KeysMissing, match=id_of(TWO)):
        opened(database, FixedKeys((ONE,)), KEY, "openai_api_key")


def test_without_a_key_nothing_is_kept(
    database: Database, licence: LicenceFacts
) -> None:
    put(database, licence, draft(KEY))
    with pytest.raises(KeysMissing):
        keep(database, licence, FixedKeys(()))
    with database.reading() as session:
        assert secrets.hints(session, licence.id, KEY) == []


def test_deleting(database: Database, licence: LicenceFacts, keys: FileKeys) -> None:
    put(database, licence, draft(KEY))
    keep(database, licence, keys)
    with database.writing() as session:
        secrets.remove(session, licence.id, KEY, "openai_api_key")
    with pytest.raises(SecretMissing), database.writing() as session:
        secrets.remove(session, licence.id, KEY, "openai_api_key")


def test_the_file_of_keys_is_its_owners_alone(tmp_path: Path) -> None:
    keys = FileKeys(tmp_path / "keys")
    first = keys.current()
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert FileKeys(keys.path).current() == first
    keys.rotate()
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert keys.find(first[0]) == first[1]
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


@pytest.mark.parametrize("text", ["short", "AAAA", "ä" * 44, base64.b64encode(b"x")])
def test_what_is_no_key_is_not_repeated(text: str | bytes) -> None:
    given = text if isinstance(text, str) else text.decode()
    with pytest.raises(InputError) as caught:
        parse_keys(given)
    assert given not in str(caught.value)


def test_a_damaged_file_of_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("not a key\n")
    with pytest.raises(KeysMissing):
        FileKeys(path).current()
    assert path.read_text() == "not a key\n"


@pytest.mark.parametrize(
    ("value", "hint"), [("short", "••••"), ("a-longer-one-1234", "•••• 1234")]
)
def test_hints(value: str, hint: str) -> None:
    assert hint_of(value) == hint
