"""Every word of the wall in every language."""

from pathlib import Path

import pytest

import display
from tests.catalogues import LANGUAGES, catalogue, defects, words_in_the_code

DISPLAY = Path(display.__file__).parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated_and_none_is_left_over(language):
    read = catalogue(DISPLAY / "locale" / f"{language}.po")
    assert {message.id for message in read if message.id} == words_in_the_code(DISPLAY)
    assert defects(read) == []


def test_no_catalogue_of_the_repository_is_forgotten():
    root = DISPLAY.parent
    found = {str(path.parent.relative_to(root)) for name in PROGRAMS for path in (root / name).rglob("*.po")}
    assert found == {"display/locale", "kiosk/locale", "kiosk/printing/locale"}
    assert all({path.stem for path in (root / folder).glob("*.po")} == set(LANGUAGES) for folder in found)


PROGRAMS = ("broker", "desk_terminal", "display", "kiosk")

HEADER = """msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

"""
SPOILT = {
    'msgid "Closed"\nmsgstr ""\n': "missing: Closed",
    '#, fuzzy\nmsgid "Closed"\nmsgstr "Nieczynne"\n': "fuzzy: Closed",
    '#~ msgid "Open"\n#~ msgstr "Czynne"\n': "obsolete: Open",
    'msgid "%s min"\nmsgstr "minut"\n': "lost place: %s min",
    'msgid "{n} min"\nmsgstr "{m} min"\n': "lost place: {n} min",
    'msgid "%d day"\nmsgid_plural "days"\nmsgstr[0] "dzień"\nmsgstr[1] "dni"\n': "missing: ('%d day', 'days')",
}


@pytest.mark.parametrize("words", SPOILT)
def test_a_spoilt_catalogue_is_found_out(words, tmp_path):
    path = tmp_path / "pl.po"
    path.write_text(HEADER + words, encoding="utf-8")
    assert SPOILT[words] in defects(catalogue(path))


def test_a_plural_rule_of_another_language_is_found_out(tmp_path):
    path = tmp_path / "pl.po"
    path.write_text(HEADER.replace("n%10>=2 && ", ""), encoding="utf-8")
    assert [defect for defect in defects(catalogue(path)) if defect.startswith("plurals:")]
    path.write_text(HEADER, encoding="utf-8")
    assert defects(catalogue(path)) == []
