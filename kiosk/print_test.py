"""`okienko-kiosk print-test`: a page to judge the printer by, and in words what it says of itself."""

from .printing.job import Job
from .printing.printers import Printer
from .printing.sample_page import sample_page

_DOTS_A_MM = 8
JUDGE = """\
On the page: the line of figures fills one line and no second one; the longest bar has as much white on its left as on
its right; the letters of each code page look like the drawn ones (if not: printer_raster = true); a telephone reads
both codes; the paper is cut below the last line."""


def print_test(option: str, printer: Printer, language: str) -> int:
    """Print the page; say what became of it, and return the exit status: 0 where it was printed."""
    paper = printer.paper
    print(f"printer  {option}")
    print(
        f"paper    {paper.dots // _DOTS_A_MM} mm to print on: {paper.dots} dots, {paper.columns} letters; "
        f"profile {paper.profile}; {', '.join(paper.code_pages) or 'every line drawn'}"
    )
    troubles = printer.troubles()
    print(f"status   {', '.join(trouble.detail for trouble in troubles) or 'nothing is wrong'}")
    result = printer.print(Job("test", sample_page(paper, language)))
    print(f"page     {result.result}{f': {result.detail}' if result.detail else ''}")
    if result.result == "failed":
        return 1
    print(JUDGE)
    return 0
