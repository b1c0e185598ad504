"""docs/guide-pl.md quotes what the screens and panels really say."""

import re

import pytest
from babel.messages.pofile import read_po

from desk_terminal.keys import Key
from desk_terminal.words import POLISH
from tests.docs.pages import ROOT, page, section

# Words of the programs that a clerk never meets: no key of a keypad makes them.
NEVER_ON_A_PANEL = {
    "category_closed",  # only who takes a ticket is told so
    "category_full",
    "slow_down",  # nobody presses twenty keys a second
    "unknown_booking",  # only who shows the code of a visit is told so
    "booking_used",
    "wrong_day",
    "nothing_waiting",  # as the state of the queue it is quoted
    "waiting",
}
QUOTED = {"number": "D017", "typed": "017", "sent": "1", "pause": "NARADA"}


def says(package):
    with (ROOT / package / "locale" / "pl.po").open("rb") as po:
        texts = [message.string for message in read_po(po)]
    return {text.rstrip(".") for text in texts if isinstance(text, str)}


def quoted_from_screens():
    hall = section(page("guide-pl.md"), "Dla osób w sali")
    return [quote.rstrip(".") for quote in re.findall(r"„([^”]+)”", hall)]


def test_the_guide_quotes_screens():
    assert len(quoted_from_screens()) >= 5


@pytest.mark.parametrize("quote", quoted_from_screens())
def test_a_screen_says_what_the_guide_quotes(quote):
    assert quote in says("kiosk") | says("display")


def panel_rows():
    clerks = section(page("guide-pl.md"), "Dla osób przy stanowisku").partition("### Co mówi wyświetlacz")[2]
    return re.findall(r"^\| (`[^|]+`) \|", clerks, re.MULTILINE)


def test_the_guide_explains_every_word_of_the_panel_and_no_other():
    said = {
        " / ".join(f"`{line.format(**QUOTED)}`" for line in lines if line.strip())
        for word, lines in POLISH.items()
        if word not in NEVER_ON_A_PANEL
    }
    assert said | {f"`{POLISH['nothing_waiting'][0]}`"} == set(panel_rows())


def test_the_guide_explains_every_key():
    keys = section(page("guide-pl.md"), "Dla osób przy stanowisku").partition("### Lampka")[0]
    second_column = " ".join(re.findall(r"^\| \*\*[^|]*\|([^|]*)\|", keys, re.MULTILINE))
    assert {str(key) for key in Key if not key.typed} == set(re.findall(r"`(\w+)`", second_column))
