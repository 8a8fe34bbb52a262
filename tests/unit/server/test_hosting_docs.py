"""What operators are told is so: every setting, and a compose file without secrets."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from server.guard.limiting import Rates
from server.serving import GRACE_SECONDS
from server.settings import VARIABLES

ROOT = Path(__file__).parents[3]
HOSTING = (ROOT / "docs" / "hosting.md").read_text("utf-8")
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text("utf-8")


def test_the_table_is_the_settings() -> None:
    table = HOSTING.partition("| variable | for |\n|---|---|\n")[2]
    wanted = [f"| `{name}` | {words} |" for name, words in VARIABLES.items()]
    assert table.splitlines() == wanted


def test_the_limits_are_the_servers() -> None:
    rows = HOSTING.partition("| unless changed |\n|---|---|---|\n")[2]
    told: dict[str, str] = {}
    for row in rows.partition("\n\n")[0].splitlines():
        names, _, rates = row.strip("| ").split(" | ")
        kind, *scopes = re.findall(r"[a-z]+", names)
        for scope, rate in zip(scopes, rates.split("/")[0].split(", "), strict=True):
            told[f"{kind}_{scope}"] = f"{rate}/minute"
    assert told == asdict(Rates())


def test_every_variable_named_is_one() -> None:
    named = set(re.findall(r"\b(?:VITRINE_[A-Z_]+|REDIS_URL)\b", HOSTING + COMPOSE))
    assert named <= set(VARIABLES)


def test_the_grace_is_the_servers() -> None:
    assert f"has {GRACE_SECONDS} s to end" in HOSTING
    grace = re.search(r"stop_grace_period: (\d+)s", COMPOSE)
    assert grace is not None
    assert int(grace[1]) > GRACE_SECONDS


def test_the_compose_file_holds_no_secret() -> None:
    for name, value in re.findall(r"(\w*(?:PASSWORD|KEYS|TOKEN)): (\S+)", COMPOSE):
        assert re.fullmatch(r"\$\{\w+:\?\}", value), name
    assert re.search(r"//vitrine:\$\{POSTGRES_PASSWORD:\?\}@", COMPOSE)
