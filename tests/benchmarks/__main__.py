"""Measures everything that docs/performance.md states, and writes its table: `make bench`, or some parts by name."""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from . import backup, growth, idle, kiosk_idle, press_to_wall, screens, start, syncs, ticket, voice, written
from .card import SLOW_SYNC_US, Card
from .figure import Figure
from .office import ROOT

PAGE = ROOT / "docs" / "performance.md"
START_MARK, END_MARK = "<!-- figures -->\n", "<!-- end of figures -->\n"


def parts(folder: Path) -> dict[str, Callable[[], list[Figure]]]:
    """Return every part by name; each has a folder of its own on the disk."""

    def card(name: str, delay_us: int = 0) -> Card:
        (folder / name).mkdir()
        return Card(folder / name, delay_us)

    def both(name: str) -> dict[str, Card]:
        return {"slow card": card(f"{name}-slow", SLOW_SYNC_US), "fast disk": card(f"{name}-fast")}

    return {
        "press-to-wall": lambda: press_to_wall.figures(both("press")),
        "syncs": lambda: syncs.figures(both("syncs")),
        "growth": lambda: growth.figures(both("growth")),
        "idle": lambda: idle.figures(card("idle"), folder / "idle" / "hall.db"),
        "backup": lambda: backup.figures(both("backup")),
        "written": lambda: written.figures(card("written")),
        "start": lambda: start.figures(card("start")),
        "ticket": ticket.figures,
        "screens": lambda: screens.figures(card("screens")),
        "kiosk-idle": lambda: kiosk_idle.figures(card("kiosk-idle")),
        "voice": lambda: voice.figures(card("voice", SLOW_SYNC_US)),
    }


def main(wanted: list[str]) -> int:
    # Not in /tmp, which may be memory: the syncs should reach a disk.
    with TemporaryDirectory(dir=ROOT, prefix="build-bench-") as folder:
        chosen = parts(Path(folder))
        for name in wanted:
            if name not in chosen:
                print(f"no part {name!r}; there are: {', '.join(chosen)}", file=sys.stderr)
                return 2
        rows = []
        for name in wanted or chosen:
            for figure in chosen[name]():
                rows.append(_row(figure))
                print(rows[-1], flush=True)
    if not wanted:
        page = PAGE.read_text()
        before, rest = page.split(START_MARK)
        _, after = rest.split(END_MARK)
        table = "| figure | measured | goal | met | of |\n| --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"
        PAGE.write_text(before + START_MARK + table + END_MARK + after)
    return 0


def _row(figure: Figure) -> str:
    sign = "at least" if figure.at_least else "at most"
    met = "yes" if figure.met else "**no**"
    return f"| {figure.name} | {figure.value:.3g} | {sign} {figure.goal:.3g} | {met} | {figure.compared} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
