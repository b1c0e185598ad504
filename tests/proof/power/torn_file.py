"""A file of which a power cut takes whatever was not synced, or tears it."""

from dataclasses import dataclass, field

SECTORS = (512, 4096)
# How much of what was not synced is there after a cut, and in which state.
STYLES = ("nothing", "all", "in order", "scattered", "rubbish")
RUBBISH = 1 / 4


@dataclass(frozen=True)
class Change:
    """A change of a file, the recording's `number`th operation: bytes at an offset, or else a new size."""

    number: int
    at: int
    data: bytes | None = None

    def apply(self, content):
        if self.data is None:
            resize(content, self.at)
        else:
            resize(content, max(self.at, len(content)))
            content[self.at : self.at + len(self.data)] = self.data

    def reach(self, length):
        """Return the first byte that it changes in a file of that length, and the first behind it."""
        end = length if self.data is None else self.at + len(self.data)
        return min(self.at, length), max(self.at, end)


@dataclass(eq=False)
class File:
    """What of a file is durable, and the changes since."""

    durable: bytearray = field(default_factory=bytearray)
    changes: list[Change] = field(default_factory=list)

    def sync(self, begun):
        """Make durable what was changed before the operation `begun`."""
        for change in self.changes:
            if change.number < begun:
                change.apply(self.durable)
        self.changes = [change for change in self.changes if change.number >= begun]

    def now(self):
        """Return what a process reads."""
        content = bytearray(self.durable)
        for change in self.changes:
            change.apply(content)
        return content

    def after_cut(self, chance, style):
        """Return what is there after a cut."""
        if style == "nothing" or not self.changes:
            return self.durable
        if style == "all":
            return self.now()
        sector = chance.choice(SECTORS)
        if style == "in order":
            return self._in_order(chance, sector)
        return self._scattered(chance, sector, rubbish=style == "rubbish")

    def _in_order(self, chance, sector):
        """Return a file whose changes went to the disk one after the other, until the last was torn between sectors."""
        *before, torn = self.changes[: chance.randint(1, len(self.changes))]
        content = bytearray(self.durable)
        for change in before:
            change.apply(content)
        if torn.data is not None:
            bounds = [0, *range(-torn.at % sector, len(torn.data), sector), len(torn.data)]
            Change(0, torn.at, torn.data[: chance.choice(bounds)]).apply(content)
        return content

    def _scattered(self, chance, sector, *, rubbish):
        """Return a file of which each sector is in any state that it has had since it was synced.

        Where there may be `rubbish`, a sector that was being written whole holds anything at all.
        """
        content, states, sizes, whole = bytearray(self.durable), {}, [len(self.durable)], set()
        for change in self.changes:
            begin, end = change.reach(len(content))
            change.apply(content)
            sizes.append(len(content))
            for at in range(begin - begin % sector, end, sector):
                states.setdefault(at, []).append(bytes(content[at : at + sector]).ljust(sector, b"\0"))
                if change.data is not None and begin <= at and at + sector <= end:
                    whole.add(at)
        result, kept = bytearray(self.durable), chance.random()
        resize(result, max(sizes))
        for at, later in states.items():
            if rubbish and at in whole and chance.random() < RUBBISH:
                result[at : at + sector] = chance.randbytes(sector)
            elif chance.random() < kept:
                result[at : at + sector] = chance.choice(later)
        resize(result, chance.choice(sizes))
        return result


def resize(content, size):
    """Cut bytes off, or put zeros behind them."""
    if size < len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))
