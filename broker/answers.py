"""The answers to requests: refusals in the contract's words, and a memory of those that the log does not keep."""

from collections import OrderedDict
from collections.abc import Mapping
from types import MappingProxyType

from broker.contract.messages import Reply, encode

KEPT = 2000


class Unstored:
    """Answers that changed nothing and so are not in the log: kept for a repeat within minutes, not for good."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, bytes] = OrderedDict()

    def get(self, request: str) -> bytes | None:
        """Return the answer to a request, by its key, if there was one."""
        return self._answers.get(request)

    def keep(self, request: str, answer: bytes) -> None:
        """Keep an answer, and let the oldest go where there are too many."""
        self._answers[request] = answer
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)

    def forget(self, request: str) -> None:
        """Decide a request anew the next time."""
        self._answers.pop(request, None)


def worth_storing(request_id: str, answer: bytes) -> bytes | None:
    """Return an answer that a repeat of the request must get from the log; None for a bare yes, which is made again."""
    return None if answer == encode(Reply(request_id, ok=True)) else answer


def refusal(request_id: str, code: str, message: str, facts: Mapping[str, object] = MappingProxyType({})) -> bytes:
    """Return the reply that refuses a request; `facts` are what a program needs beside the message."""
    return encode({"request_id": request_id, "ok": False, "error": {"code": code, "message": message, **facts}})
