"""How much one device may ask of the broker. Pure: the clock is passed in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """So many at once, and then so many a second."""

    per_s: float
    burst: float


@dataclass(frozen=True)
class Bucket:
    """What is left of an allowance since it was last looked at, in seconds of any clock that goes forward."""

    left: float
    at: float


def taken(bucket: Bucket | None, allowance: Allowance, now: float) -> tuple[Bucket, bool]:
    """Take one of an allowance, and say whether there was one; without a bucket it is whole."""
    if bucket is None:
        left = allowance.burst
    else:
        left = min(allowance.burst, bucket.left + max(0.0, now - bucket.at) * allowance.per_s)
    if left < 1:
        return Bucket(left, now), False
    return Bucket(left - 1, now), True


class Allowances:
    """The same allowance for each of many devices."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._buckets: dict[str, Bucket] = {}

    def take(self, client: str, now: float) -> bool:
        """Take one of a device's allowance; False if nothing is left of it."""
        self._buckets[client], there = taken(self._buckets.get(client), self._allowance, now)
        return there

    def keep_only(self, clients: set[str]) -> None:
        """Forget every device but these."""
        self._buckets = {client: bucket for client, bucket in self._buckets.items() if client in clients}
