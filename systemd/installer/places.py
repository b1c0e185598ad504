"""Where everything is kept on the machine."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The folders and files of an installation, below `root`; tests install below a folder of their own."""

    root: Path = Path("/")

    @property
    def opt(self) -> Path:
        """The programs: a folder for each version, and the link `current`."""
        return self.root / "opt/okienko"

    @property
    def current(self) -> Path:
        """The link to the version that runs."""
        return self.opt / "current"

    @property
    def unchecked(self) -> Path:
        """What an upgrade came from, as long as nobody has seen the new version run."""
        return self.opt / "unchecked.json"

    @property
    def roles(self) -> Path:
        """What this machine is: the names of its roles."""
        return self.opt / "roles"

    @property
    def etc(self) -> Path:
        """The settings."""
        return self.root / "etc/okienko"

    @property
    def var(self) -> Path:
        """The queue and all else that the programs remember."""
        return self.root / "var/lib/okienko"

    @property
    def before_upgrades(self) -> Path:
        """The queue as it was before each of the last upgrades."""
        return self.var / "before-upgrade"

    @property
    def cache(self) -> Path:
        """What an interrupted installation need not fetch again."""
        return self.root / "var/cache/okienko-install"

    @property
    def units(self) -> Path:
        """The units; an administrator's changes are drop-ins below /etc/systemd/system, and stay."""
        return self.root / "usr/local/lib/systemd/system"

    @property
    def commands(self) -> Path:
        """The commands that an administrator types."""
        return self.root / "usr/local/bin"
