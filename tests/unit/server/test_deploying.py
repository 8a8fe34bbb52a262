"""The compose file and the Dockerfile, as far as they can be held to without an engine.

`tests/end2end/test_image.py` runs what the image would hold.
"""

from __future__ import annotations

import fnmatch
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # stubs: one package more

from server.settings import VARIABLES

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
IGNORED = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
KEYS = set(
    "build image environment depends_on ports read_only tmpfs cap_drop security_opt "
    "stop_grace_period healthcheck restart volumes command".split()
)
"""Of the Compose Specification's service, those that are used here and known to be."""
HEALTH = {"test", "interval", "timeout", "retries", "start_period", "disable"}
DURATION = re.compile(r"(\d+(us|ms|s|m|h))+")
USED = re.compile(r"\$\{([A-Z_]+)(:\?|:-[^}]*)\}")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, with continued lines joined."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in lines]


def test_only_known_keys() -> None:
    assert set(COMPOSE) == {"services", "volumes"}
    for name, service in SERVICES.items():
        assert set(service) <= KEYS, name
        assert ("build" in service) != ("image" in service), name
        assert "container_name" not in service, "it could not be scaled"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_holds_together(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[a-z]+:\d+", service.get("image", "x:1")), "no version"
    assert service["restart"] == "unless-stopped"
    check = service["healthcheck"]
    assert set(check) <= HEALTH
    assert check["test"][0] in ("CMD", "CMD-SHELL")
    assert DURATION.fullmatch(check["interval"])
    assert DURATION.fullmatch(service.get("stop_grace_period", "1s"))
    for other, how in service.get("depends_on", {}).items():
        assert "healthcheck" in SERVICES[other]
        assert how == {"condition": "service_healthy"}
    for volume in service.get("volumes", ()):
        assert volume.split(":")[0] in COMPOSE["volumes"]
    for port in service.get("ports", ()):
        assert re.fullmatch(r"127\.0\.0\.1:\d+(-\d+)?:8080", port), "not the world"


def test_every_value_is_a_plain_one() -> None:
    """`no` and `on` are booleans in YAML, and a port is no time of day."""
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert isinstance(value, str), name
            assert "$" not in USED.sub("", value), name
        for word in service.get("command", ()):
            assert isinstance(word, str)


def test_the_server_is_told_what_it_knows() -> None:
    told = SERVICES["server"]["environment"]
    assert set(told) <= set(VARIABLES)
    database, shared = told["VITRINE_DATABASE"], told["REDIS_URL"]
    assert re.search(r"@(\w+)/(\w+)$", database)[1] in SERVICES  # type: ignore[index]  # else it fails
    owner = SERVICES["database"]["environment"]
    assert database.endswith(f"@database/{owner['POSTGRES_DB']}")
    assert f"//{owner['POSTGRES_USER']}:" in database
    assert re.fullmatch(r"redis://shared:6379/0", shared)


def test_what_the_env_file_has_to_hold_is_in_the_docs() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    block = (ROOT / "docs" / "hosting.md").read_text("utf-8").split("```")[1]
    documented = set(re.findall(r"^([A-Z_]+)=", block, re.MULTILINE))
    assert {name for name, _ in USED.findall(text)} == documented


def test_the_build_finds_its_files() -> None:
    build = SERVICES["server"]["build"]
    context = (DEPLOY / build["context"]).resolve()
    assert context == ROOT
    assert (context / build["dockerfile"]).is_file()
    for name, rest in instructions():
        if name == "COPY":
            *sources, target = shlex.split(rest)
            assert not target.startswith("/")
            for source in sources:
                assert list(context.glob(source.rstrip("/"))), source
                assert not is_ignored(source), source


@pytest.mark.parametrize(
    "path", ["deploy/.env", ".git/config", "desktop/app.py", "tests/conftest.py"]
)
def test_nothing_else_goes_to_the_builder(path: str) -> None:
    assert is_ignored(path)


def is_ignored(path: str) -> bool:
    """As Docker reads it: the last pattern that fits says, or one of a folder above."""
    found = False
    parents = [path, *map(str, Path(path).parents)]
    for line in IGNORED:
        pattern = line.strip().removeprefix("!")
        if not pattern or pattern.startswith("#"):
            continue
        below = fnmatch.fnmatch(pattern, f"{path}/*")  # a file of it is let in
        if below or any(fnmatch.fnmatch(one, pattern) for one in parents):
            found = not line.startswith("!")
    return found


def test_the_image_is_a_modest_one() -> None:
    """What linters of Dockerfiles look for."""
    steps = instructions()
    names = [name for name, _ in steps]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "EXPOSE", "CMD", "ENV"}
    assert set(names) <= known
    assert names[0] == "FROM"
    assert names.count("FROM") == names.count("CMD") == names.count("USER") == 1
    (image,) = [rest for name, rest in steps if name == "FROM"]
    assert re.fullmatch(r"python:3\.11(\.\d+)?-slim", image), "a tag, and not latest"
    at = names.index("USER")
    assert at < names.index("CMD")
    # What is installed is installed before; what follows is the user's own cache.
    later = [rest for name, rest in steps[at:] if name == "RUN"]
    assert all(rest.startswith("python -c") and "made()" in rest for rest in later)
    (user,) = [rest for name, rest in steps if name == "USER"]
    assert user not in ("root", "0")
    assert any(f"useradd --create-home {user}" in rest for _, rest in steps)
    pip = [rest for name, rest in steps if name == "RUN" and "pip install" in rest]
    assert all("--no-cache-dir" in rest and "--requirement" in rest for rest in pip)
    (command,) = [rest for name, rest in steps if name == "CMD"]
    words = json.loads(command)  # the form without a shell, so that signals arrive
    assert words[:3] == ["python", "main.py", "serve"]
    (port,) = [rest for name, rest in steps if name == "EXPOSE"]
    assert words[-1].endswith(f":{port}")
    check = SERVICES["server"]["healthcheck"]["test"][-1]
    assert f"127.0.0.1:{port}/readyz" in check
