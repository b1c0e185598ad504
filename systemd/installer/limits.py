"""What other machines may send to Mosquitto: `okienko-broker` writes the rules, Mosquitto's unit loads them."""

from .commands import attempt
from .places import Places

RULES = "etc/mosquitto/okienko/hall.nft"
_TABLE = ("table", "inet", "okienko")


def not_limited(places: Places) -> str | None:
    """Return what to look at where other machines connect, and the kernel does not limit what they may send."""
    if not (places.root / RULES).exists():
        return None
    answer = attempt("nft", "list", *_TABLE)
    if answer.returncode == 0:
        return None
    return (
        "look at this: nothing limits what other machines send to Mosquitto, so one of them could slow the hall: "
        f"{answer.stderr.strip().partition(chr(10))[0]}; sudo nft -f /{RULES} loads the rules, or says why it cannot"
    )


def lift() -> None:
    """Take the rules out of the kernel, if they are there."""
    attempt("nft", "delete", *_TABLE)
