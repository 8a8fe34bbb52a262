"""The customer's pages: do they carry the chat, and does their policy let it run?"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from exporter.audits.policy import policy_lines
from exporter.contract.advice import AuditFinding, Level
from exporter.policies import Policy
from exporter.world import Answer, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject
    from exporter.world import World

_MOST_SITES = 3


def probe(subject: Subject, world: World) -> Iterator[AuditFinding]:
    """Read each page and its policies."""
    for address in world.pages or _front_pages(subject):
        try:
            answer = world.visit(address)
        except NoAnswer as reason:
            yield _finding(
                "page_unreachable",
                "warning",
                f"{address} {reason}.",
                "Its policy could not be read, so the chat may not run there.",
                "Check the address, or name a page with --page.",
            )
            continue
        yield from _place(subject, address, answer)
        if answer.status < 400:
            yield from _policy(subject, answer)
            yield from _tags(subject, answer)


def _front_pages(subject: Subject) -> tuple[str, ...]:
    rules = subject.widget.domain_rules().rules
    named = [rule for rule in rules if not rule.subdomains and not rule.is_local]
    return tuple(f"https://{rule}/" for rule in named[:_MOST_SITES])


def _place(subject: Subject, address: str, answer: Answer) -> Iterator[AuditFinding]:
    """An error instead of a page, or a page that moved to where the chat is refused."""
    if answer.status >= 400:
        yield _finding(
            "page_error",
            "warning",
            f"{address} answers {answer.status}.",
            "Its policy could not be read, so the chat may not run there.",
            "Name a page that everybody can open with --page.",
        )
        return
    parts = urlsplit(answer.url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if not subject.widget.domain_rules().allows(origin):
        moved = answer.url != address
        yield _finding(
            "page_elsewhere",
            "error",
            f"{address} leads to {parts.netloc}, which may not carry the widget."
            if moved
            else f"{parts.netloc} may not carry the widget.",
            "The server refuses the page that visitors really see.",
            f"Add {parts.netloc} under Sites.",
            {"domains": [*subject.widget.domains, parts.netloc]}
            if parts.scheme == "https"
            else {},
        )


def _policy(subject: Subject, answer: Answer) -> Iterator[AuditFinding]:
    page = _Page(answer.text)
    headers = answer.headers.get_list("content-security-policy")
    policies = [Policy(text, answer.url) for text in (*headers, *page.policies)]
    missing = []
    for line in policy_lines(subject) if subject.host else ():
        name, *sources = line.split()
        wanting = [
            source
            for source in sources
            if any(not policy.allows(name, source) for policy in policies)
        ]
        if wanting:
            missing.append(f"{name} {' '.join(wanting)}")
    if missing:
        yield _finding(
            "csp",
            "error",
            f"The Content-Security-Policy of {answer.url} keeps the chat out.",
            "The browser blocks it without a word to the visitor.",
            "Add to the policy: " + "; ".join(missing) + ".",
        )
    yield from _isolation(subject, answer)


def _isolation(subject: Subject, answer: Answer) -> Iterator[AuditFinding]:
    embedder = answer.headers.get("cross-origin-embedder-policy", "")
    framed = subject.provider.page_needs(subject.widget).frames
    if embedder.startswith(("require-corp", "credentialless")) and framed:
        yield _finding(
            "isolated_page",
            "error",
            f"{answer.url} isolates itself (Cross-Origin-Embedder-Policy), so no "
            "frame from elsewhere loads.",
            "The chat stays an empty frame.",
            "Leave that header out on pages with the chat.",
        )
    permissions = answer.headers.get("permissions-policy", "")
    if subject.widget.composer.dictation.enabled and re.search(
        r"\bmicrophone=\(\)", permissions
    ):
        yield _finding(
            "no_microphone",
            "warning",
            f"{answer.url} forbids the microphone (Permissions-Policy).",
            "The button for dictation does nothing.",
            "Allow microphone=(self), or switch dictation off.",
            {"composer.dictation.enabled": False},
        )


def _tags(subject: Subject, answer: Answer) -> Iterator[AuditFinding]:
    if not subject.host or f"/w/{subject.widget.key}.js" in answer.text:
        return
    yield _finding(
        "not_embedded",
        "note",
        f"{answer.url} does not carry the chat yet, as far as its HTML shows.",
        "A tag manager or an app may add it later.",
        "Paste the embed code, then check again.",
    )


class _Page(HTMLParser):
    """The policies that a page's own head declares."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.policies: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = {name: value or "" for name, value in attrs}
        kind = found.get("http-equiv", "").lower()
        if tag == "meta" and kind == "content-security-policy":
            self.policies.append(found.get("content", ""))


def _finding(
    rule: str,
    level: Level,
    message: str,
    why: str,
    fix: str,
    values: dict[str, Any] | None = None,
) -> AuditFinding:
    path = "domains" if rule == "page_elsewhere" else ""
    return AuditFinding(path, rule, level, message, why, fix, values or {})
