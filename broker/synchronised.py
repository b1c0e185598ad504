"""Whether a time server has set this computer's clock since it started."""

import ctypes
from pathlib import Path

# systemd-timesyncd makes it at the first answer; it is gone after a restart of the computer.
TIMESYNC_MARK = Path("/run/systemd/timesync/synchronized")
_TIME_ERROR = 5  # adjtimex: "the clock is not synchronised", of <sys/timex.h>
_TIMEX_SIZE = 1024  # more than any kernel's struct timex; zeros ask for nothing to be changed


def synchronised(mark: Path = TIMESYNC_MARK) -> bool:
    """Whether it has: systemd-timesyncd says so, or the kernel, whom chrony and ntpd tell."""
    if mark.exists():
        return True
    try:
        state: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_SIZE))
    except (OSError, AttributeError):
        return False
    return 0 <= state < _TIME_ERROR
