"""The office's pictures and films, in a part of the wall while nobody is called."""

import logging
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import ObjectProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.image import Image

from display.look import Look
from display.media import following, is_film, shown_files

from . import KV_FOLDER

log = logging.getLogger(__name__)

# A film that has not ended by then gives way.
FILM_MOST_S = 600.0


class WallMedia(BoxLayout):
    """Shows the files of a folder one after the other; films only where Kivy can play them, and always mute.

    The folder is looked into at every turn, so that files may come and go while the wall runs.
    """

    look = ObjectProperty(Look(), rebind=True)

    def __init__(self, folder: Path | None, each_s: float, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._folder = folder
        self._each_s = each_s
        self._file: Path | None = None
        self._turn = Clock.create_trigger(lambda _dt: self._next(), each_s)

    @property
    def playing(self) -> bool:
        """Whether something is shown."""
        return bool(self.children)

    def play(self) -> bool:
        """Begin, or go on with the file after the one shown last; False if there is none."""
        self._next()
        return self.playing

    def stop(self) -> None:
        """Show nothing, and hold nothing in memory."""
        self._turn.cancel()
        for child in self.children[:]:
            if hasattr(child, "unload"):
                child.unload()
        self.clear_widgets()

    def _files(self) -> list[Path]:
        return shown_files(self._folder, films=films_can_be_played()) if self._folder else []

    def _next(self) -> None:
        self.stop()
        files = self._files()
        for _ in files:
            self._file = following(files, self._file)
            if self._file and self._show(self._file):
                return

    def _show(self, path: Path) -> bool:
        """Show a file; False if it cannot be read."""
        widget = self._film(path) if is_film(path) else Image(source=str(path), fit_mode="contain")
        if not is_film(path) and widget.texture is None:
            log.warning("%s: cannot be shown", path)
            return False
        self.add_widget(widget)
        self._turn.timeout = FILM_MOST_S if is_film(path) else self._each_s
        self._turn()
        return True

    def _film(self, path: Path) -> Image:
        from kivy.uix.video import Video  # noqa: PLC0415 - only where there are films

        film = Video(source=str(path), state="play", volume=0, options={"eos": "stop"}, fit_mode="contain")
        film.bind(eos=lambda _film, ended: self._next() if ended else None)
        return film


def films_can_be_played() -> bool:
    """Whether Kivy has a provider for films here."""
    from kivy.core.video import Video  # noqa: PLC0415 - only where there is a folder of media

    return Video is not None and Video.__name__ != "VideoNull"


Builder.load_file(str(KV_FOLDER / "media.kv"))
