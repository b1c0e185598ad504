"""A page to judge a printer by: its width, its letters, its codes and its knife. Pure."""

from collections.abc import Iterator

from kiosk.printing.lines import DRAWN, Gap, Line, Picture, Qr, Text
from kiosk.printing.paper import ROLLS, Paper, slot
from kiosk.printing.phrases import phrases

_LETTERS = {
    "CP852": ("ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż", "ÄÖÜ äöüß"),
    "CP1250": ("ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż", "ÄÖÜ äöüß „–” €"),
    "CP1251": ("ҐЄІЇ ґєії ЖШЩЮЯ жшщюя",),
    "CP1125": ("ҐЄІЇ ґєії ЖШЩЮЯ жшщюя",),
}
_SCALES = (1, 2, 3, 4)
_BAR_HEIGHT = 8
_CODE = "https://okienko.example/D017"


def sample_page(paper: Paper, language: str) -> tuple[Line, ...]:
    """Lay out the page for `paper`, with words in `language`."""
    return (
        *_head(paper, language),
        *_widths(paper, language),
        *_letters(paper, language),
        *_sizes(paper),
        *_codes(paper, language),
        Gap(),
        Text(phrases(language).gettext("The paper is cut here:")[: paper.columns]),
    )


def _head(paper: Paper, language: str) -> Iterator[Line]:
    yield Text("Okienko", 2, bold=True)
    yield Text(phrases(language).gettext("Test page")[: paper.columns], bold=True)
    yield Text(f"{paper.profile}, {paper.columns} x {paper.dots}"[: paper.columns])
    yield Gap()


def _widths(paper: Paper, language: str) -> Iterator[Line]:
    """Fill a line with letters, and draw a bar for every paper that is not wider than this one."""
    say = phrases(language)
    yield Text(say.gettext("Letters from edge to edge: {n}").format(n=paper.columns)[: paper.columns])
    yield Text(("1234567890" * 7)[: paper.columns])
    yield Text(say.gettext("Dots of each bar:")[: paper.columns])
    for dots in sorted({paper.dots, *(roll for roll in ROLLS.values() if roll < paper.dots)}):
        yield Text(str(dots))
        yield Picture(dots, _BAR_HEIGHT, b"\xff" * (dots // 8 * _BAR_HEIGHT))
    yield Gap()


def _letters(paper: Paper, language: str) -> Iterator[Line]:
    """Write the same letters in each page of the printer, and draw them, to be compared."""
    say = phrases(language)
    for page in paper.code_pages:
        yield Text(f"{page} (ESC t {slot(paper.profile, page)}):", bold=True)
        yield from (Text(letters, page=page) for letters in _LETTERS[page])
    yield Text(say.gettext("The same, drawn:")[: paper.columns], bold=True)
    drawn = dict.fromkeys(letters for page in paper.code_pages or _LETTERS for letters in _LETTERS[page])
    yield from (Text(letters, page=DRAWN) for letters in drawn)
    yield Gap()


def _sizes(paper: Paper) -> Iterator[Line]:
    for scale in _SCALES:
        yield Text("D017"[: paper.columns // scale], scale, bold=scale % 2 == 0)
    yield Gap()


def _codes(paper: Paper, language: str) -> Iterator[Line]:
    say = phrases(language)
    if paper.native_qr:
        yield Text(say.gettext("The printer's own code:")[: paper.columns])
        yield Gap()
        yield Qr(_CODE)
        yield Gap()
    yield Text(say.gettext("The code, drawn:")[: paper.columns])
    yield Gap()
    yield Qr(_CODE, drawn=True)
