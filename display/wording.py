"""Words that an office gives in some languages."""

from broker.contract.messages import Text


def in_language(text: Text, language: str) -> str:
    """Return a text in the language, or in the first that it has."""
    return text.get(language) or next(iter(text.values()), "")
