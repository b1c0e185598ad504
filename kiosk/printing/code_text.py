"""What a telephone reads from the ticket's code."""

from datetime import datetime

QR_TEMPLATE = "{number} {date} {time}"
_MOST = 300  # letters; a longer code would be too fine for the narrowest paper
_EXAMPLE = ("D017", datetime(2026, 11, 23, 10, 17))  # noqa: DTZ001 - only its form matters


class BadTemplate(ValueError):
    """A template that cannot be filled in; the message is one line that says what it should be."""


def code_text(template: str, number: str, issued_at: datetime) -> str:
    """Fill in {number}, {date} and {time}."""
    return template.format(number=number, date=f"{issued_at:%Y-%m-%d}", time=f"{issued_at:%H:%M}")


def checked_template(template: str) -> str:
    """Return a template that can be filled in; BadTemplate otherwise."""
    should_be = f"{template!r}: should be at most {_MOST} letters, with {{number}}, {{date}} and {{time}} where wanted"
    try:
        example = code_text(template, *_EXAMPLE)
    except (LookupError, ValueError, AttributeError):
        raise BadTemplate(should_be) from None
    if not 0 < len(example) <= _MOST:
        raise BadTemplate(should_be)
    return template
