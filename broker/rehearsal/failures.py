"""What can keep a rehearsal from being played."""


class Failed(RuntimeError):
    """The rehearsal cannot go on; the message says why and where to look."""
