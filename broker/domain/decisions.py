"""Which rule carries out which command."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import commands as c
from . import events as e
from .rules import calling, check_in, day, desks, service, skipping, tickets, undo

if TYPE_CHECKING:
    from .hall import Hall

DECISIONS: Mapping[type[c.Command], Callable[["Hall", Any, datetime], e.Events]] = {
    c.IssueTicket: tickets.issue,
    c.CheckIn: check_in.check_in,
    c.ReportPrint: tickets.report_print,
    c.CancelTicket: tickets.cancel,
    c.ConfirmShown: tickets.confirm_shown,
    c.OpenDesk: desks.open_desk,
    c.CloseDesk: desks.close,
    c.PauseDesk: desks.pause,
    c.CallNext: calling.call_next,
    c.CallNumber: calling.call_number,
    c.Recall: calling.recall,
    c.StartService: service.start,
    c.FinishService: service.finish,
    c.MarkNoShow: service.no_show,
    c.HoldTicket: service.hold,
    c.ResumeTicket: service.resume,
    c.TransferTicket: service.transfer,
    c.Undo: undo.undo,
    c.SkipNumbers: skipping.skip_numbers,
    c.EndDay: day.end_day,
    c.StartDay: day.start_day,
}
