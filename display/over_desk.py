"""What stands on a small display over one desk, worked out from the desk's state. Pure."""

from typing import Literal

from msgspec import Struct

from broker.contract.messages import Desk

from .announcements import Announcements
from .wording import in_language

Status = Literal["unknown", "free", "called", "serving", "paused", "closed"]
_STATUS: dict[str, Status] = {"calling": "called"}


class OverDesk(Struct, frozen=True):
    """The desk's label, and the number that is called there or served; `new` while it is announced."""

    label: str = ""
    status: Status = "unknown"
    number: str = ""
    new: bool = False
    offline: bool = True


def over_desk(desk: Desk | None, state: Announcements, language: str, *, offline: bool) -> OverDesk:
    """Return what the display shows; a call that its clerk has just taken back is gone from the desk's state, too."""
    if desk is None:
        return OverDesk(offline=offline)
    number = desk.ticket.number if desk.ticket and desk.status in ("calling", "serving") else ""
    announced = {heard.call.number for heard in state.queue} | ({state.on_air.call.number} if state.on_air else set())
    return OverDesk(
        label=in_language(desk.label, language) or desk.id,
        status=_STATUS.get(desk.status) or desk.status,  # type: ignore[arg-type]
        number=number,
        new=number in announced and desk.status == "calling",
        offline=offline,
    )
