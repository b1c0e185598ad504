"""How one resident has the screen drawn for them, and how the next one finds it."""

import pytest

from kiosk.panel import Modes, Panel, needs_low_reach, plan
from kiosk.state import PanelMeasured
from tests.kiosk.resident import TIMING, Resident
from tests.kiosk.scenes import scene


def shown(resident):
    return scene(resident.state, now=resident.now)


def test_each_mode_is_one_tap_and_all_go_together():
    resident = Resident().taps_on("mode:large")
    assert resident.state.modes == Modes(large=True)
    resident.taps_on("mode:contrast", "mode:low")
    assert resident.state.modes == Modes(large=True, contrast=True, low=True)
    assert resident.taps_on("mode:large").state.modes == Modes(contrast=True, low=True)
    assert resident.screen == "start"


def test_a_mode_stays_on_the_way_to_a_number_and_is_gone_for_the_next_resident():
    resident = Resident().taps_on("mode:large", "mode:contrast", "group:identity", "matter:id-cards").is_answered()
    assert resident.state.modes == Modes(large=True, contrast=True)
    assert resident.taps_on("done").state.modes == Modes()


def test_an_untouched_kiosk_forgets_the_modes_too():
    resident = Resident().taps_on("mode:contrast").waits(TIMING.idle_s - 0.5)
    assert resident.state.modes.contrast
    assert resident.waits(1).state.modes == Modes()


def test_a_mode_that_does_not_exist_changes_nothing():
    assert Resident().taps_on("mode:loud", "mode:").state.modes == Modes()


def test_a_chosen_mode_says_so():
    buttons = shown(Resident().taps_on("mode:contrast")).modes
    assert [(button.words, button.chosen) for button in buttons] == [
        ("Duże litery", False),
        ("Kontrast", True),
        ("Niżej", False),
    ]


def test_in_large_letters_fewer_matters_stand_on_a_page_and_none_is_lost():
    resident = Resident().taps_on("mode:large")
    seen = [choice.name for choice in shown(resident).choices]
    while turns := [turn.name for turn in shown(resident).pages if turn.words == "Więcej spraw"]:
        resident.taps_on(*turns)
        seen += [choice.name for choice in shown(resident).choices]
    assert seen == [choice.name for choice in shown(Resident()).choices]


def test_in_large_letters_the_languages_are_one_tap_away():
    resident = Resident().taps_on("group:identity", "mode:large")
    assert shown(resident).languages == ()
    assert shown(resident).buttons[-1].name == "languages"
    resident.taps_on("languages")
    assert resident.screen == "languages"
    names = []
    while True:
        names += [choice.title for choice in shown(resident).choices]
        if not (turns := [turn.name for turn in shown(resident).pages if turn.words == "Więcej"]):
            break
        resident.taps_on(*turns)
    assert names == ["Polski", "English", "Українська", "Deutsch"]
    resident.taps_on("language:uk")
    assert (resident.screen, resident.state.language) == ("matters", "uk")
    assert resident.taps_on("languages", "back").screen == "matters"


def test_low_reach_is_offered_only_where_something_hangs_too_high():
    resident = Resident().hears(PanelMeasured(Panel(1920, 1080)))
    assert [button.name for button in shown(resident).modes] == ["mode:large", "mode:contrast"]


@pytest.mark.parametrize("long_mm", [300, 345, 421, 531, 708, 1200])
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (800, 1280), (2160, 3840)])
@pytest.mark.parametrize("modes", [Modes(), Modes(large=True), Modes(low=True), Modes(large=True, low=True)])
def test_there_is_room_for_a_choice_on_every_panel(size, long_mm, modes):
    panel = Panel(*size, long_mm)
    divided = plan(panel, modes)
    assert divided.at_once >= divided.per_page >= 1
    assert divided.key >= 20 * panel.pixels_per_mm
    if modes.low and not modes.large and needs_low_reach(panel):
        assert divided.header + divided.heading >= panel.height - panel.reach - 1
