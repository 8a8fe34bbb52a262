"""The lock files pin everything and name no place of the machine that made them."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r'[a-z0-9-]+==[\w.!+-]+( ; [a-z_]+ [<>=!]+ "[\w.]+")?')


def requirement_lines(lock: Path) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in lock.read_text().splitlines())
    return [line for line in lines if line]


def pinned(lock: Path) -> dict[str, str]:
    pins = (line.split(" ")[0].partition("==") for line in requirement_lines(lock))
    return {name: version for name, _, version in pins}


def test_there_is_a_lock_for_running_and_one_for_testing() -> None:
    assert [lock.name for lock in LOCKS] == ["dev.txt", "runtime.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_is_an_exact_pin(lock: Path) -> None:
    lines = requirement_lines(lock)
    assert lines
    assert [line for line in lines if not PIN.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_address_and_no_path_of_a_machine(lock: Path) -> None:
    places = r"://|--(index|extra|find|trusted|hash)|(^|[\s=])(/|~|\.\.?/|[A-Z]:\\)"
    assert re.search(places, lock.read_text(), re.MULTILINE) is None


def test_testing_runs_on_what_ships() -> None:
    dev, runtime = (pinned(lock) for lock in LOCKS)
    assert {name: dev.get(name) for name in runtime} == runtime


def test_node_packages_are_locked_without_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert all("integrity" in entry for name, entry in packages.items() if name)
