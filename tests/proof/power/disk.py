"""A disk that loses its power: what was synced is there, of the rest whatever chance has left.

Theory of operation. fsync or fdatasync of a file makes its bytes and its size durable, as they were when it began, and
fsync of a folder the names in it. A name that was given, changed or taken away and not synced may be lost, however well
its file was synced: POSIX promises no more. Names go to the disk in the order in which they were changed, as they do
with every file system that keeps a journal. Bytes go there in any order, sector by sector (torn_file.py).
"""

import posixpath
from dataclasses import dataclass

from .recording import CREATED, EMPTIED
from .torn_file import Change, File


@dataclass(frozen=True, eq=False)
class NameChange:
    """The recording's `number`th operation took the name `gone` away, or gave `file` the name `given`, or both."""

    number: int
    gone: str | None = None
    given: str | None = None
    file: File | None = None

    @property
    def folder(self):
        return posixpath.dirname(self.given or self.gone)

    def apply(self, names):
        names.pop(self.gone, None)
        if self.given is not None:
            names[self.given] = self.file


class Disk:
    """A folder, while the operations of a recording are done to it one by one.

    `initial` are the files that it held before, all of them durable. A card that `lies` about a file (a function of its
    path) says that it has synced it, and has not.
    """

    def __init__(self, initial=None, lies=lambda _path: False):
        self.names = {path: File(bytearray(data)) for path, data in (initial or {}).items()}
        self._durable_names = dict(self.names)
        self._changes = []
        self._open = {}  # descriptor -> path and file; the file of a folder is None
        self._lies = lies

    def do(self, number, operation):
        """Do one operation, the recording's `number`th."""
        getattr(self, f"_do_{operation.kind.replace('-', '_')}")(number, operation)

    @property
    def unsynced(self):
        """Whether a cut would find anything to take."""
        return bool(self._changes) or any(file.changes for file in self.names.values() if file)

    def content(self):
        """Return every file as a process reads it, by path."""
        return {path: bytes(file.now()) for path, file in self.names.items() if file}

    def after_cut(self, chance, style):
        """Return every file as a cut leaves it, by path; `chance` decides about what was not synced."""
        names = dict(self._durable_names)
        known = {"nothing": 0, "all": len(self._changes)}
        for change in self._changes[: known.get(style, chance.randint(0, len(self._changes)))]:
            change.apply(names)
        return {path: bytes(file.after_cut(chance, style)) for path, file in names.items() if file}

    # -- what a process does -----------------------------------------------------------------------------------

    def _do_process(self, _number, _operation):
        """Take a new process for the one before, which was killed: what it wrote is still unsynced."""
        self._open.clear()

    def _do_open(self, number, operation):
        (path,) = operation.names
        if operation.at & CREATED:
            self._change_name(NameChange(number, given=path, file=File()))
        file = self.names.get(path)
        if file and operation.at & EMPTIED:
            file.changes.append(Change(number, 0))
        self._open[operation.file] = path, file

    def _do_close(self, _number, operation):
        self._open.pop(operation.file, None)

    def _do_write(self, number, operation):
        self._open[operation.file][1].changes.append(Change(number, operation.at, operation.data))

    def _do_truncate(self, number, operation):
        self._open[operation.file][1].changes.append(Change(number, operation.at))

    def _do_sync_begun(self, _number, _operation):
        """Nothing is durable yet."""

    def _do_synced(self, _number, operation):
        path, file = self._open[operation.file]
        if file and not self._lies(path):
            file.sync(operation.at)
        elif not file:
            self._sync_folder(path, operation.at)

    def _do_rename(self, number, operation):
        old, new = operation.names
        self._change_name(NameChange(number, gone=old, given=new, file=self.names[old]))

    def _do_link(self, number, operation):
        old, new = operation.names
        self._change_name(NameChange(number, given=new, file=self.names[old]))

    def _do_unlink(self, number, operation):
        self._change_name(NameChange(number, gone=operation.names[0]))

    def _do_mkdir(self, number, operation):
        self._change_name(NameChange(number, given=operation.names[0]))

    def _do_network(self, _number, _operation):
        """Nothing of it goes to the disk."""

    def _change_name(self, change):
        self._changes.append(change)
        change.apply(self.names)

    def _sync_folder(self, folder, begun):
        waiting = []
        for change in self._changes:
            if change.number < begun and change.folder == folder:
                change.apply(self._durable_names)
            else:
                waiting.append(change)
        self._changes = waiting
