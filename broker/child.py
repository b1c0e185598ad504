"""How a process is tied to the one that started it: it ends with it, even when that one is killed with -9."""

import shutil


def tied_to_parent(user: str | None = None, group: str | None = None) -> list[str]:
    """Return the words before a command that end it with its parent, and run it as `user` and `group` where given.

    The kernel watches the thread that started it: start what is to live from the main thread. It forgets the tie when
    the program itself changes its user, so that is done here first.
    """
    if shutil.which("setpriv") is None:
        return []
    change = ["--reuid", user, "--regid", group or user, "--clear-groups"] if user else []
    return ["setpriv", "--pdeathsig", "KILL", *change]
