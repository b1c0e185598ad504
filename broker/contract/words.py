"""A program's words in one language, read from its gettext catalogue."""

import gettext
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def words(locale: Path, language: str) -> gettext.NullTranslations:
    """Read `<locale>/<language>.po`; a language without a catalogue speaks the source text.

    The catalogue is compiled in memory, so that what translators edit is what the screen says.
    """
    path = locale / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as po:
        catalogue = read_po(po, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
