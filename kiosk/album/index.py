"""A page that shows all pictures of a folder beside each other, for a browser."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

NAME = "index.html"
_STYLE = (
    "body{font:16px sans-serif;margin:2em;background:#eef2f6;color:#0b2545}section{display:flex;flex-wrap:wrap;gap:1em}"
    "figure{margin:0}img{display:block;height:420px;border:1px solid #74869b}figcaption{font-size:13px;margin-top:4px}"
)


def write_index(folder: Path, title: str) -> None:
    """Write index.html with every picture below the folder, folder by folder."""
    folders = sorted({path.parent for path in folder.rglob("*.png")})
    sections = "".join(_section(each.relative_to(folder), sorted(each.glob("*.png"))) for each in folders)
    (folder / NAME).write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f"<h1>{escape(title)}</h1>{sections}</html>\n",
        encoding="utf-8",
    )


def _section(folder: Path, pictures: Iterable[Path]) -> str:
    figures = "".join(
        f'<figure><a href="{escape(str(folder / path.name))}"><img loading="lazy" alt="{escape(path.stem)}" '
        f'src="{escape(str(folder / path.name))}"></a><figcaption>{escape(path.stem)}</figcaption></figure>'
        for path in pictures
    )
    return f"<h2>{escape(str(folder))}</h2><section>{figures}</section>"
