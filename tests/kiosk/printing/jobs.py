"""Tickets and printers for the tests of the printers."""

import time

from kiosk.printing.delivery import Patience
from kiosk.printing.job import ticket_job
from kiosk.printing.paper import paper
from kiosk.printing.printers import printer_from_option
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.builders import menu, ticket

PROFILE = "TM-T88V"
BRISK = Patience(connect_s=1, answer_s=0.3, send_s=1, confirm_s=0.6)
STEADY = Patience(connect_s=5, answer_s=2, send_s=10, confirm_s=1)
PATIENT = Patience(connect_s=10, answer_s=10, send_s=20, confirm_s=20)


def job(number="D017", language="pl"):
    return ticket_job(ticket(number=number), menu(), language, paper(PROFILE).columns)


def data(number="D017", language="pl"):
    return ticket_bytes(job(number, language).lines, paper(PROFILE))


def printer(option, patience=BRISK, **facts):
    return printer_from_option(option, profile=PROFILE, patience=patience, **facts)


def eventually(condition, timeout_s=20.0):
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.01)
    return False
