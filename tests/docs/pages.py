"""The pages under docs/, as tests read them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def code_words(text):
    """All that stands in `backticks`, and the words of the code blocks."""
    spans = re.findall(r"`([^`\n]+)`", text)
    blocks = [line for line in text.splitlines() if line.startswith("    ")]
    blocks += re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    return set(re.findall(r"[\w-]+", " ".join([*spans, *blocks])))


def section(text, heading):
    _, _, rest = text.partition(f"\n## {heading}\n")
    assert rest, f"no section {heading}"
    return rest.partition("\n## ")[0]
