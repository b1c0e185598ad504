"""A virtual disk with a volatile cache: what the machine had not flushed is lost with its power, in part or whole.

qemu's driver blklogwrites writes down every write and every flush of a disk. Killing qemu alone takes only what was
still in the machine's memory; so the disk is made anew from how it was before and from that log: all that was written
before the last flush, and of the rest whatever chance leaves.
Source: https://docs.kernel.org/admin-guide/device-mapper/log-writes.html
"""

import struct
from dataclasses import dataclass

SECTOR = 512
SUPER, ENTRY = struct.Struct("<QQQI"), struct.Struct("<QQQQ")
MAGIC = 0x6A736677736872
FLUSH, UNTIL_IT_IS_ON_THE_DISK, DISCARD = 1, 2, 4


@dataclass(frozen=True)
class Written:
    """One entry: bytes at an offset, and what was asked for with them."""

    at: int
    data: bytes
    flags: int


def entries(log):
    """Read what a disk was told, in order; the last entry may have been cut off with the machine."""
    data = log.read_bytes()
    if len(data) < SECTOR:
        return []
    magic, _, count, size = SUPER.unpack_from(data)
    assert (magic, size) == (MAGIC, SECTOR)
    found, at = [], SECTOR
    while at + SECTOR <= len(data):
        sector, sectors, flags, _ = ENTRY.unpack_from(data, at)
        at += SECTOR
        length = 0 if flags & DISCARD else sectors * SECTOR
        if (not sectors and not flags) or at + length > len(data):
            break
        found.append(Written(sector * SECTOR, data[at : at + length], flags))
        at += length
    assert len(found) >= count, "an entry is missing before a flush"
    return found


def after_cut(disk, before, log, chance):
    """Make the disk as a cut leaves it, from how it was `before`; return how many writes were lost or torn."""
    told = entries(log)
    flushed = max((number for number, entry in enumerate(told) if entry.flags & FLUSH), default=-1)
    lost, kept = 0, chance.random()
    disk.write_bytes(before.read_bytes())
    with disk.open("r+b") as file:
        for number, entry in enumerate(told):
            durable = number <= flushed or entry.flags & UNTIL_IT_IS_ON_THE_DISK
            whole = True
            for at in range(0, len(entry.data), SECTOR):
                if durable or chance.random() < kept:
                    file.seek(entry.at + at)
                    file.write(entry.data[at : at + SECTOR])
                else:
                    whole = False
            lost += not whole
    return lost
