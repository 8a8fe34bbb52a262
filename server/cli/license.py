"""Make, list, pause, resume or revoke licences."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from exporter.cli.values import add_json, print_json
from exporter.contract.domains import parse_rule
from exporter.contract.errors import InputError
from server.cli.opening import add_database, opened
from server.store import licences
from server.store.records import TIERS

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser
    from server.store.records import LicenceFacts

_STATES = {"pause": "paused", "resume": "active", "revoke": "revoked"}
_JOBS = {
    "create": "make one; prints its key and, this once, its token",
    "list": "show all of them",
    "pause": "stop serving its widgets, within a minute",
    "resume": "go on with a paused one",
    "revoke": "withdraw it for good",
    "tier": "change what it may have; nothing of it is deleted",
}


def add_arguments(parser: Parser) -> None:
    """One job each."""
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    for name, words in _JOBS.items():
        job = jobs.add_parser(name, help=words, description=words, allow_abbrev=False)
        if name not in ("create", "list"):
            job.add_argument("license", metavar="LICENSE", help="its key")
        if name in ("create", "tier"):
            job.add_argument("--tier", required=True, choices=list(TIERS))
        if name == "create":
            job.add_argument(
                "--domain",
                action="append",
                default=[],
                metavar="HOST",
                help="the only sites it is for; else those its widgets name, as many "
                "as the tier has",
            )
            job.add_argument(
                "--expires", metavar="YYYY-MM-DD", help="its last day, UTC"
            )
        add_database(job)
        add_json(job)


def run(arguments: argparse.Namespace) -> int:
    """Do the job and say what came of it; answers 0."""
    job = arguments.job
    if job == "create":
        return _create(arguments)
    if job == "list":
        return _list(arguments)
    with opened(arguments) as (_, database), database.writing() as session:
        if job == "tier":
            changed = licences.set_tier(session, arguments.license, arguments.tier)
        else:
            changed = licences.set_state(session, arguments.license, _STATES[job])
    _print([changed], arguments)
    return 0


def _create(arguments: argparse.Namespace) -> int:
    domains = [_checked(domain) for domain in arguments.domain]
    expires = _end_of(arguments.expires) if arguments.expires else None
    with opened(arguments) as (_, database), database.writing() as session:
        made, token = licences.create(session, arguments.tier, domains, expires)
    if arguments.json:
        print_json({**_plain(made), "token": token})
        return 0
    print(f"licence  {made.key}")
    print(f"token    {token}")
    print("The token is shown this once: keep it where secrets are kept.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    with opened(arguments) as (_, database), database.reading() as session:
        found = licences.all_licences(session)
    _print(found, arguments, one=False)
    return 0


def _print(
    found: list[LicenceFacts], arguments: argparse.Namespace, *, one: bool = True
) -> None:
    if arguments.json:
        plain = [_plain(licence) for licence in found]
        print_json(plain[0] if one else {"licenses": plain})
        return
    for licence in found:
        print(
            f"{licence.key}  {licence.tier:6}  {licence.standing:7}  "
            f"{_share(licence.widgets_used, licence.widget_limit)} widgets  "
            f"{_share(licence.domains_used, licence.domain_limit)} sites"
            + (f"  {', '.join(licence.domains)}" if licence.domains else "")
        )


def _share(used: int, limit: int | None) -> str:
    return f"{used}/{'∞' if limit is None else limit}"


def _plain(licence: LicenceFacts) -> dict[str, Any]:
    return {
        "license": licence.key,
        "tier": licence.tier,
        "state": licence.standing,
        "created_at": licence.created_at.isoformat(),
        "expires_at": licence.expires_at and licence.expires_at.isoformat(),
        "widgets": licence.widgets_used,
        "widget_limit": licence.widget_limit,
        "sites": licence.domains_used,
        "site_limit": licence.domain_limit,
        "domains": list(licence.domains),
    }


def _checked(domain: str) -> str:
    try:
        return str(parse_rule(domain))
    except ValueError as error:
        raise InputError(
            f"--domain {domain[:80]!r} {error}.", "As in shop.example."
        ) from None


def _end_of(day: str) -> datetime:
    try:
        found = datetime.strptime(day, "%Y-%m-%d")
    except ValueError:
        raise InputError(
            f"--expires {day[:40]!r} is no day.", "As in 2027-12-31."
        ) from None
    return found.replace(hour=23, minute=59, second=59, tzinfo=UTC)
