"""The real broker, but its clock stands in a file: `python broker_by_file.py FILE [options of okienko-broker]`.

The file holds the seconds since START as a double; whoever writes it lets days pass in seconds. Both clocks of the
broker follow it, the one that can be set and the steady one, so that no time is lost between them.
"""

import mmap
import struct
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import broker.__main__ as program

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 04:00 in the office: a business day begins


def seconds_in(path):
    """Return a function that reads the seconds in the file."""
    with Path(path).open("rb") as file:
        shared = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)
    return lambda: struct.unpack("d", shared)[0]


class HallTime(datetime):
    """Stands for the class that the program asks for the time."""

    passed = None

    @classmethod
    def now(cls, tz=None):
        return (START + timedelta(seconds=cls.passed())).astimezone(tz)


if __name__ == "__main__":
    HallTime.passed = staticmethod(seconds_in(sys.argv.pop(1)))
    program.datetime = HallTime
    program._steady_s = HallTime.passed
    sys.exit(program.main())
