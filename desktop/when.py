"""When: how long ago, in as few words as people use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def ago(time: datetime, now: datetime) -> str:
    """ "just now", "5 min ago", "3 h ago", "yesterday", "12 Nov", "12 Nov 2025"."""
    passed = now - time
    here, today = time.astimezone(), now.astimezone().date()
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{passed // timedelta(minutes=1)} min ago"
    if here.date() == today:
        return f"{passed // timedelta(hours=1)} h ago"
    if here.date() == today - timedelta(days=1):
        return "yesterday"
    day = f"{here.day} {_MONTHS[here.month - 1]}"
    return day if here.year == today.year else f"{day} {here.year}"


def since(moment: str) -> str:
    """How long ago an ISO 8601 moment was; the text itself where it is none."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return ago(then, datetime.now(UTC))
