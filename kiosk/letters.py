"""The keyboard on the glass: where the letters of each language are. Pure."""

from gettext import NullTranslations

from .view import Button

SPACE = " "
ERASE = "<"
IN_A_ROW = 10  # keys of one unit; the space takes two

ROWS = {
    "pl": ("qwertyuiop", "asdfghjkl", f"zxcvbnm{ERASE}{SPACE}", "ąćęłńóśźż"),
    "en": ("qwertyuiop", "asdfghjkl", f"zxcvbnm{ERASE}{SPACE}"),
    "de": ("qwertzuiop", "asdfghjkl", f"yxcvbnm{ERASE}{SPACE}", "äöüß"),
    "uk": ("абвгґдеєжз", "иіїйклмноп", "рстуфхцчшщ", f"ьюя'{ERASE}{SPACE}"),
}


def keyboard(language: str, words: NullTranslations) -> tuple[tuple[Button, ...], ...]:
    """Return the keys of a language, row by row; a language without a keyboard of its own has the English one."""
    return tuple(tuple(_key(letter, words) for letter in row) for row in ROWS.get(language, ROWS["en"]))


def _key(letter: str, words: NullTranslations) -> Button:
    if letter == ERASE:
        return Button("erase", "", said=words.gettext("Erase"), icon="erase")
    if letter == SPACE:
        return Button("type: ", words.gettext("Space"))
    capital = letter.upper()
    return Button(f"type:{letter}", capital if len(capital) == 1 else letter)  # ß has no capital on a keyboard
