"""Which of the pictures that kiosk and wall take are kept, and under which names."""

import shutil
from pathlib import Path

LANGUAGES = {"pl": "polish", "uk": "ukrainian", "en": "english"}
SCREENS = {"start": "start", "priorities": "priority", "matters": "matters", "thanks": "number"}
THE_END_OF_A_VISIT = "thanks"
FULL_AFTER = 9  # calls; then the list of earlier ones is full


def kiosk_name(screen: str, language: str) -> str | None:
    """Return the name of a picture of the kiosk's `screen`; None for one that is not kept."""
    return f"kiosk-{LANGUAGES.get(language, language)}-{SCREENS[screen]}.png" if screen in SCREENS else None


def wall_names(announced: int, waiting: int, most_waiting: int) -> list[str]:
    """Return the names under which a picture of the wall is kept, each replacing an earlier one of that name.

    `announced` calls were on air so far, `waiting` people wait; `most_waiting` did so in the picture kept as full.
    """
    if not announced:
        return ["wall-1-people-wait.png"] if waiting else []
    names = ["wall-4-last-call.png"]
    if announced == 1:
        names.append("wall-2-first-call.png")
    if announced >= FULL_AFTER and waiting >= most_waiting:
        names.append("wall-3-full.png")
    return names


class Album:
    """Copies the new pictures of kiosk and wall, as they come, to names that say what is on them."""

    def __init__(self, kiosk: Path, wall: Path, folder: Path) -> None:
        self._kiosk = kiosk
        self._wall = wall
        self._folder = folder
        self._seen: set[Path] = set()
        self._kept_of: dict[str, int] = {}
        self._most_waiting = 0

    def new_kiosk(self) -> list[Path]:
        """Return the kiosk's pictures that nobody has looked at yet."""
        return self._new(self._kiosk)

    def new_wall(self) -> list[Path]:
        """Return the wall's pictures that nobody has looked at yet."""
        return self._new(self._wall)

    def keep_kiosk(self, picture: Path, visit: int, language: str) -> str:
        """Keep a picture of what a resident sees; the last of a visit, the first of visits. Return the screen."""
        screen = picture.stem.partition("-")[2]
        name = kiosk_name(screen, language)
        if name is not None and self._kept_of.setdefault(name, visit) == visit:
            shutil.copy(picture, self._folder / name)
        return screen

    def keep_wall(self, picture: Path, announced: int, waiting: int) -> None:
        """Keep a picture of the wall where it shows something new to a newcomer."""
        for name in wall_names(announced, waiting, self._most_waiting):
            shutil.copy(picture, self._folder / name)
            if name == "wall-3-full.png":
                self._most_waiting = waiting

    def _new(self, folder: Path) -> list[Path]:
        new = [path for path in sorted(folder.glob("[0-9]*.png")) if path not in self._seen]
        self._seen.update(new)
        return new
