"""Keys and passwords where every visitor can read them."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject

_KINDS = (
    ("an OpenAI key", re.compile(r"\bsk-[\w-]{16,}")),
    ("a client secret", re.compile(r"\bek_[\w-]{16,}")),
    ("a Bearer token", re.compile(r"(?i)\bBearer\s+(?=\S*\d)[\w.~+/=-]{8,}")),
    ("a signed token", re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}")),
    ("a password in an address", re.compile(r"://[^/\s:@]+:[^/\s@]+@")),
    ("a cloud key", re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")),
    ("a GitHub token", re.compile(r"\b(?:gh[pousr]_|github_pat_)\w{20,}")),
    ("a Slack token", re.compile(r"\bxox[abposr]-[\w-]{10,}")),
    ("a private key", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
)
_BASIC = re.compile(r"(?i)\bBasic\s+([\w+/]{6,}={0,2})")
_SECRET_NAME = re.compile(
    r"(?i)(?:^|[._-])(?:api[._-]?key|secret|password|passwd|token|auth(?:orization)?)$"
)


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """Every text that looks like a secret; the secret itself is never repeated."""
    seen = set()
    for path, text in subject.texts():
        kind = _kind_of(text) or _named(subject, path, text)
        if kind and (path, kind) not in seen:
            seen.add((path, kind))
            yield _finding(path, kind)


def _kind_of(text: str) -> str | None:
    if text.startswith("data:"):
        return None
    if any(map(_is_pair, _BASIC.findall(text))):
        return "basic credentials"
    return next((kind for kind, rule in _KINDS if rule.search(text)), None)


def _is_pair(encoded: str) -> bool:
    """Whether Base64 holds name:password, rather than being a long word."""
    padded = encoded.rstrip("=") + "=" * (-len(encoded.rstrip("=")) % 4)
    try:
        return b":" in b64decode(padded)
    except ValueError:
        return False


def _named(subject: Subject, path: str, text: str) -> str | None:
    """A table's entry whose name says that it is a secret, and that has a value."""
    table, _, name = path.rpartition(".")
    spec = subject.specs.get(table)
    if spec is None or spec.control != "table" or text == name:
        return None
    return "a secret" if text and _SECRET_NAME.search(name) else None


def _finding(path: str, kind: str) -> AuditFinding:
    return AuditFinding(
        path=path,
        rule="key_in_page",
        level="error",
        message=f"{path} looks like {kind}.",
        why="Whoever opens the page's source can read it and use it.",
        fix="Take it out, and withdraw it where it was issued: it was in a file. "
        "Secrets belong under Connection, where they stay out of the page.",
    )
