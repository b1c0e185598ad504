"""docs/accessibility.md answers every clause of EN 301 549 that is asked of a kiosk, and names tests that exist."""

import ast
import re

import pytest

from tests.docs.pages import ROOT, page, section

TABLE = section(page("accessibility.md"), "Clause by clause: EN 301 549 V3.2.1")
ROWS = re.findall(r"^\| ([\d.]+) \| (.+?) \| (.+?) \| ?(.*?) ?\|$", TABLE, re.MULTILINE)
VERDICTS = {"met", "not applicable", "housing"}


def numbers(*groups):
    """Read `5.1.3.1-16` as sixteen clauses."""
    for group in groups:
        first, _, last = group.partition("-")
        before, _, low = first.rpartition(".")
        yield from (f"{before}.{at}" for at in range(int(low), int(last or low) + 1))


CLAUSES = [
    *numbers("5.1.2.1-2", "5.1.3.1-16", "5.1.4-5", "5.1.6.1-2", "5.1.7", "5.2-4", "5.5.1-2", "5.6.1-2", "5.7-9"),
    *numbers("8.1.2-3", "8.2.1.1-2", "8.2.2.1-2", "8.3.2.1-2", "8.3.2.3.1-3", "8.3.2.4-6", "8.3.3.1-2"),
    *numbers("8.3.3.3.1-2", "8.3.4.1-2", "8.3.4.3.2-3", "8.3.5-6", "8.4.1", "8.4.2.1-2", "8.4.3", "8.5"),
    *numbers("11.1.1.1.2", "11.1.2.1.2.1-2", "11.1.2.2", "11.1.2.3.2", "11.1.2.4-5", "11.1.3.1.2", "11.1.3.2.2"),
    *numbers("11.1.3.3-4", "11.1.3.5.2", "11.1.4.1-3", "11.1.4.4.2", "11.1.4.5.2", "11.1.4.10-13", "11.2.1.1.2"),
    *numbers("11.2.1.2", "11.2.1.4.2", "11.2.2.1-2", "11.2.3.1", "11.2.4.3-4", "11.2.4.6-7", "11.2.5.1-2"),
    *numbers("11.2.5.3.2", "11.2.5.4", "11.3.1.1.2", "11.3.2.1-2", "11.3.3.1.2", "11.3.3.2-4", "11.4.1.1.2"),
    *numbers("11.4.1.2.2", "11.4.1.3", "11.5.1-2", "11.6.1-2", "11.7-8"),
]


def named_in(text):
    return re.findall(r"`([\w/]+\.py)::(\w+)`", text)


def functions_of(path):
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_clause_is_answered_once_and_in_order():
    assert [clause for clause, *_ in ROWS] == CLAUSES


@pytest.mark.parametrize(("clause", "title", "verdict", "how"), ROWS, ids=[row[0] for row in ROWS])
def test_a_clause_that_is_met_names_a_test_that_exists_and_every_other_a_reason(clause, title, verdict, how):
    assert verdict in VERDICTS
    assert how or verdict == "housing"
    named = named_in(how)
    # A clause that only points to others, or to what an office reads, has no test of its own.
    assert named or verdict != "met" or clause in ("5.1.2.1", "8.3.6", "11.5.1")
    missing = [f"{path}::{name}" for path, name in named if name not in functions_of(path)]
    assert not missing
