"""The ticket's own words, in each language that it can speak."""

from functools import cache
from gettext import NullTranslations
from pathlib import Path

from broker.contract.words import words

LOCALE = Path(__file__).parent / "locale"


@cache
def phrases(language: str) -> NullTranslations:
    """Return the catalogue of `language`, read once."""
    return words(LOCALE, language)
