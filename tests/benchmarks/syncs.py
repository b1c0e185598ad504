"""Syncs per request, alone and in company, and that nothing is heard before its sync has returned."""

import json
import time

from .card import Card
from .figure import Figure
from .office import Office, running_office

ALONE = 200
AT_ONCE = 64
BUSY = 64 * 30
CATEGORIES = ("id-cards", "population", "vehicles", "drivers", "business")


def figures(cards: dict[str, Card]) -> list[Figure]:
    """Return syncs per request alone and at 64 waiting, the gain in rate, and answers that came too early."""
    found = []
    for name, card in cards.items():
        with running_office(card) as office:
            alone, alone_rate, early = _alone(office)
            busy, busy_rate = _busy(office)
        found += [
            Figure(f"syncs per request, alone, {name}", alone, 1.0, f"{ALONE} requests one after the other"),
            Figure(f"answers before their sync returned, {name}", early, 0, f"of {ALONE} answers"),
            Figure(f"syncs per request, {AT_ONCE} waiting, {name}", busy, 1 / 16, f"{BUSY} requests"),
        ]
        if card.delay_us:
            compared = f"{busy_rate:.0f} / {alone_rate:.0f} requests a second"
            gain = busy_rate / alone_rate
            found.append(Figure(f"rate, {AT_ONCE} waiting over alone, {name}", gain, 20, compared, at_least=True))
    return found


def _alone(office: Office) -> tuple[float, float, int]:
    """Ask one at a time; syncs per request, requests per second, and answers that came before their sync."""
    client = office.client("kiosk-alone")
    office.ask(client, "kiosk-alone", "ticket", category="filing")
    time.sleep(0.3)
    before, early = office.card.syncs_returned, 0
    start = time.perf_counter()
    for asked in range(1, ALONE + 1):
        office.ask(client, "kiosk-alone", "ticket", category="filing")
        early += office.card.syncs_returned - before < asked
    took = time.perf_counter() - start
    client.close()
    return (office.card.syncs_returned - before) / ALONE, ALONE / took, early


def _busy(office: Office) -> tuple[float, float]:
    """Keep 64 requests under way; syncs per request, requests per second."""
    client = office.client("kiosk-busy")
    before = office.card.syncs_returned
    start = time.perf_counter()
    for asked in range(AT_ONCE):
        _ask(office, client, asked)
    for asked in range(AT_ONCE, BUSY + AT_ONCE):
        reply = json.loads(client.receive_on("okienko/reply/kiosk-busy"))
        assert reply["ok"], reply
        if asked < BUSY:
            _ask(office, client, asked)
    took = time.perf_counter() - start
    client.close()
    return (office.card.syncs_returned - before) / BUSY, BUSY / took


def _ask(office: Office, client, asked: int) -> None:
    category = CATEGORIES[asked % len(CATEGORIES)]
    request = json.dumps({"request_id": office.request_id(), "category": category})
    client.publish("okienko/request/kiosk-busy/ticket", request.encode())
