"""What a telephone reads from the ticket's code."""

from datetime import datetime


def code_text(number: str, issued_at: datetime) -> str:
    """Return the number and the moment that name a ticket for good: `D017 2026-11-23 10:17`."""
    return f"{number} {issued_at:%Y-%m-%d %H:%M}"


def written_code(number: str, issued_at: datetime, office: str) -> str:
    """Return them with the office, for a code that is photographed instead of a ticket."""
    return "\n".join(filter(None, (number, office, f"{issued_at:%Y-%m-%d %H:%M}")))
