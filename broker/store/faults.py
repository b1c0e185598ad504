"""What is wrong with the disk, in plain words, and what to do about it."""

_NO_WRITING = (
    "the disk takes no writing: the card may be worn out, or mounted read-only. Restart the machine; if that does not "
    "help, restore the newest backup on a new card"
)
_NO_ANSWER = (
    "the disk does not answer as it should: is the card worn out, the disk unplugged? If it stays, restore the newest "
    "backup on a new card"
)
_DAMAGED = (
    "the database is damaged: stop the broker, and restore the newest backup: "
    "sudo -u okienko okienko-broker restore FILE"
)
_REMEDIES = {
    "full": "the disk is full: remove what is not needed; tickets are taken again as soon as there is room",
    "readonly": _NO_WRITING,
    "read-only": _NO_WRITING,
    "i/o error": _NO_ANSWER,
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
    "locked": "another program holds the database: end it",
}


def with_remedy(detail: str) -> str:
    """Return what SQLite or the system said, and what a person can do."""
    said = detail.lower()
    remedy = next((remedy for sign, remedy in _REMEDIES.items() if sign in said), "check the disk")
    return f"{detail}; {remedy}"


def if_damaged(detail: str) -> str:
    """Return what to do where the file itself is spoilt, after a semicolon; nothing otherwise."""
    return f"; {_DAMAGED}" if is_damaged(detail) else ""


def is_damaged(detail: str) -> bool:
    """Whether what was said means that the file itself is spoilt, and not that the disk is busy or full."""
    return any(sign in detail.lower() for sign in ("malformed", "not a database", "the log is damaged"))
