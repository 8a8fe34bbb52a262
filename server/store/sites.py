"""The sites that a licence uses up, counted as what one can register.

Under the licence's lock: what is counted is what lies in the table, so it cannot
drift. After a downgrade what is there stays, it may only not grow.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, delete, distinct, func, insert, or_, select, update

from exporter.contract.domains import parse_rule, registrable
from server.store.errors import DomainLimit
from server.store.tables import Licence, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


def site_of(domain: str) -> str | None:
    """What a domain rule counts as; None for this very machine's names."""
    rule = parse_rule(domain)
    if rule.is_local:
        return None
    try:
        return str(ipaddress.ip_address(rule.host.strip("[]")))
    except ValueError:
        return registrable(rule.host)


def sites_of(domains: Iterable[str]) -> set[str]:
    """The sites that several rules count as."""
    return {site for site in map(site_of, domains) if site}


def fix_sites(session: Session, licence_id: int, sites: set[str]) -> None:
    """Give a licence its sites by the operator's word."""
    _add(session, licence_id, None, sites)
    _recount(session, licence_id)


def fixed_sites(session: Session, licence_id: int) -> int:
    """How many sites the operator has given it; 0: it is for whichever it names."""
    named = select(func.count()).where(
        Site.licence_id == licence_id, Site.widget_id.is_(None)
    )
    return session.scalar(named) or 0


def use_sites(
    session: Session, licence_id: int, widget_id: int, config: dict[str, Any]
) -> None:
    """Let a widget use the sites of its config alone; raises DomainLimit."""
    wanted = sites_of(config["domains"])
    session.execute(
        delete(Site).where(Site.widget_id == widget_id, Site.domain.not_in(wanted))
    )
    add_sites(session, licence_id, widget_id, config)


def add_sites(
    session: Session, licence_id: int, widget_id: int, config: dict[str, Any]
) -> None:
    """Let a widget use more sites; raises DomainLimit."""
    limit = session.scalar(select(Licence.domain_limit).where(Licence.id == licence_id))
    if limit is not None and config.get("any_site"):
        raise DomainLimit("“Any site” is not part of this licence.")
    wanted = sites_of(config["domains"])
    there = set(session.scalars(select(Site.domain).where(Site.widget_id == widget_id)))
    _add(session, licence_id, widget_id, wanted - there)
    if not _recount(session, licence_id):
        raise _too_many(session, licence_id, limit, wanted)


def _too_many(
    session: Session, licence_id: int, limit: int | None, wanted: set[str]
) -> DomainLimit:
    used = session.scalars(select(Site.domain).where(Site.licence_id == licence_id))
    others = ", ".join(sorted(set(used) - wanted)[:3])
    many = "1 site" if limit == 1 else f"{limit} sites"
    beside = f" beside {others}" if others else ""
    named = ", ".join(sorted(wanted)[:3])
    return DomainLimit(f"This licence is for {many}: no room for {named}{beside}.")


def _add(
    session: Session, licence_id: int, widget_id: int | None, sites: set[str]
) -> None:
    rows = [
        {"licence_id": licence_id, "widget_id": widget_id, "domain": site}
        for site in sorted(sites)
    ]
    if rows:
        session.execute(insert(Site), rows)


def _recount(session: Session, licence_id: int) -> bool:
    """Count anew, in one statement that refuses to pass the limit."""
    used = (
        select(func.count(distinct(Site.domain)))
        .where(Site.licence_id == licence_id)
        .scalar_subquery()
    )
    within = or_(
        Licence.domain_limit.is_(None),
        used <= Licence.domain_limit,
        used <= Licence.domains_used,
    )
    statement = update(Licence).where(Licence.id == licence_id, within)
    return bool(changed(session, statement.values(domains_used=used)))


def recount(session: Session, licence_id: int) -> None:
    """Count anew after sites were given back."""
    _recount(session, licence_id)


def changed(session: Session, statement: Any) -> int:
    """Run an UPDATE or DELETE; how many rows it met."""
    done = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(done, CursorResult)
    return done.rowcount
