"""Every problem that a program may tell has a code of the list, words in two languages, and a row in the contract."""

import re
from pathlib import Path

from broker.contract.problem_codes import PROBLEM_CODES, what_to_do
from tests.docs.pages import page

ROOT = Path(__file__).parents[2]
# Where a code is written down: `Problem("x", ...)`, `note("x", ...)`, `tell("x", ...)`, or a part of a desk.
TOLD = re.compile(r'(?:Problem|[Pp]roblems\.note|[Pp]roblems\.tell|self\._tell)\(\s*"(\w+)"')


def told_by_the_programs():
    sources = (
        path for program in ("broker", "kiosk", "display", "desk_terminal") for path in (ROOT / program).rglob("*.py")
    )
    codes = {code for path in sources for code in TOLD.findall(path.read_text(encoding="utf-8"))}
    # The desk names a code by the part that fails, and a desk that nobody knows.
    return codes | {"keypad", "lamp", "buzzer", "unknown_desk"}


def test_the_list_holds_every_code_that_a_program_tells_and_no_other():
    assert told_by_the_programs() == set(PROBLEM_CODES)


def test_the_contract_has_a_row_for_every_code_with_what_to_do():
    table = page("contract.md").partition("### What is wrong")[2].partition("\n#")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", table, re.MULTILINE))
    assert rows == {code: words["en"] for code, words in PROBLEM_CODES.items()}


def test_what_to_do_is_said_in_polish_and_english_and_unknown_codes_are_left_to_their_details():
    assert all(set(words) == {"pl", "en"} for words in PROBLEM_CODES.values())
    assert what_to_do("clock", "pl").startswith("podłącz serwer czasu")
    assert what_to_do("clock", "uk") == what_to_do("clock", "en")
    assert what_to_do("of-next-year", "pl") is None
