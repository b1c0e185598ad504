"""Lets root work in the programs' own folder without the power of root."""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_UMASK = 0o077  # as the units: what is made there is the owner's alone


@contextmanager
def rights_of_owner(folder: Path) -> Iterator[None]:
    """Work with the rights of a folder's owner, as whom whatever is made there belongs to that owner.

    Were one of the programs taken over, it could plant a link to a file of the system where root writes next: with
    these rights it leads no further than the program itself comes. Start no program meanwhile.
    """
    if os.geteuid() != 0:
        yield
        return
    user, group = folder.stat().st_uid, folder.stat().st_gid
    groups, own_group, umask = os.getgroups(), os.getegid(), os.umask(_UMASK)
    try:
        os.setgroups(_groups(user, group))
        os.setegid(group)
        os.seteuid(user)
        yield
    finally:
        os.seteuid(0)
        os.setegid(own_group)
        os.setgroups(groups)
        os.umask(umask)


def _groups(user: int, group: int) -> list[int]:
    try:
        return os.getgrouplist(pwd.getpwuid(user).pw_name, group)
    except KeyError:
        return [group]
