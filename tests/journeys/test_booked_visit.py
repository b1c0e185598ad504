"""From the code on a resident's telephone to the wall: a real broker, a real window, keys as a scanner types them."""

import pytest

from broker.contract import topics
from kiosk.key_names import CODES
from kiosk.printing.decoder import decoded, text_lines
from kiosk.printing.paper import page_slots
from tests.clients import Client, eventually
from tests.journeys.visits import booked_time, imports
from tests.kiosk.whole_kiosk import whole_kiosk

SMALL = (432, 768)
CODE = "048213"
SCANNED = f"okienko:{CODE}"


@pytest.fixture
def broker(make_broker):
    return make_broker().start().ready()


def scan(kiosk, text):
    """Type as a scanner does, faster than any frame."""
    kiosk.settles()
    for letter in text:
        key = CODES.get(letter, ord(letter))
        kiosk.window.dispatch("on_key_down", key, 0, letter, [])
        kiosk.window.dispatch("on_key_up", key, 0)
    kiosk.window.dispatch("on_key_down", CODES["enter"], 0, "", [])
    kiosk.window.dispatch("on_key_up", CODES["enter"], 0)


def test_a_scanned_code_becomes_a_ticket_that_is_called_and_no_second_one(broker, kiosk_window, tmp_path):
    at = booked_time()
    assert imports(broker, f"{CODE};Dowody osobiste;{at:%d.%m.%Y %H:%M}").endswith(": 1 new\n")
    bystander = Client(broker.url, "bystander").watch(topics.MENU, topics.BOARD).start()
    assert eventually(lambda: bystander.states.get(topics.MENU, {}).get("bookings"))
    desk = broker.client("desk-26")
    assert desk.ask("open", desk="26")["ok"]
    with whole_kiosk(kiosk_window, broker.url, tmp_path, "--speech", "false", size=SMALL) as kiosk:
        kiosk.comes_to("start")
        assert kiosk.until(lambda: "check_in" in {button.name for button in kiosk.stage.view.buttons}, 30)
        scan(kiosk, SCANNED)
        kiosk.comes_to("thanks")
        assert kiosk.until(lambda: kiosk.stage.view.paper == "printed", 30)
        number = kiosk.stage.view.number
        facts = {fact.label: fact.value for fact in kiosk.stage.view.facts}
        paper = text_lines(decoded((tmp_path / "tickets" / f"{number}.bin").read_bytes(), page_slots("default")))
        assert facts["Wizyta umówiona"] == f"{at:%H:%M}"
        assert {number, "Dowody osobiste", f"Wizyta umówiona: {at:%H:%M}"} <= set(paper)

        assert desk.ask("next", desk="26")["ticket"]["number"] == number
        assert eventually(lambda: [c["number"] for c in bystander.states[topics.BOARD]["calls"]] == [number])

        kiosk.taps("done")
        broker.kill()
        broker.start().ready()
        assert kiosk.until(lambda: kiosk.screen == "start" and kiosk.app.state.broker_up, 30)
        scan(kiosk, CODE)
        kiosk.comes_to("refused")
        assert kiosk.stage.view.number == number
    bystander.stop()
    assert [path.name for path in (tmp_path / "tickets").glob("*.bin")] == [f"{number}.bin"]
