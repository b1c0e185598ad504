"""Large letters, strong contrast and low reach, measured on the real widgets."""

import pytest
from msgspec.structs import replace

from kiosk.panel import CAPITAL_MM, TARGET_MM, Modes
from kiosk.view import Button
from kiosk.wording import SCREENS
from tests.kiosk.conftest import LANDSCAPE, PORTRAIT
from tests.kiosk.reading import at_rest, box, capital_mm, contrast, edge_contrast, ground, misfit, picture_of, shown
from tests.kiosk.scenes import scene, states

PARTS = 4  # in which all screens are looked at, one after the other
EVERYTHING = Modes(large=True, contrast=True, low=True)


def targets(glass):
    from kiosk.screens.tappable import KioskTappable

    return glass.seen(KioskTappable)


def as_wanted(glass, state, modes, language="pl"):
    return scene(replace(state, modes=modes, panel=glass.stage.panel), language)


@pytest.mark.parametrize(
    ("size", "long_mm", "language", "modes"),
    [
        (PORTRAIT, 421.0, "uk", Modes(large=True)),
        (PORTRAIT, 531.0, "pl", EVERYTHING),
        (PORTRAIT, 708.0, "en", EVERYTHING),
        (LANDSCAPE, 531.0, "de", EVERYTHING),
    ],
)
def test_large_letters_are_large_on_every_panel_and_nothing_is_cut_off(
    glass_of, size, long_mm, language, modes, caplog
):
    glass = glass_of(size, long_mm)
    panel = glass.stage.panel
    for name, state in states().items():
        glass.show(as_wanted(glass, state, modes, language))
        for label in shown(glass):
            assert capital_mm(label, panel) >= CAPITAL_MM - 0.01, (name, label.text)
            assert not misfit(label, size), (name, label.text, misfit(label, size))
        for target in targets(glass):
            assert min(target.size) >= TARGET_MM * panel.pixels_per_mm, (name, target.name)
            top = target.to_window(target.x, target.top)[1]
            low = modes.low and name != "screen test"  # which is to be touched everywhere
            assert not low or top <= panel.reach + 1, (name, target.name, "is out of reach")
        assert at_rest(caplog), name


@pytest.mark.parametrize(("size", "long_mm"), [(PORTRAIT, 421.0), (LANDSCAPE, 421.0)])
def test_everything_to_touch_has_20_mm_on_a_small_panel_too(glass_of, size, long_mm):
    glass = glass_of(size, long_mm)
    for name in ("start", "five matters", "many found", "printed", "closed"):
        glass.show(as_wanted(glass, states()[name], Modes()))
        for target in targets(glass):
            assert min(target.size) >= TARGET_MM * glass.stage.panel.pixels_per_mm, (name, target.name, target.size)


def unlike_each_other(glass, modes):
    """Every screen once for each way in which it is coloured."""
    views = [as_wanted(glass, state, modes) for state in states().values()]
    looks = {
        (
            view.screen,
            view.sign,
            view.paper,
            view.unprinted > 0,
            *map(bool, (view.notice, view.advice, view.typed)),
        ): view
        for view in views
    }
    assert {view.screen for view in looks.values()} == set(SCREENS), "every screen"
    return list(looks.values())


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("modes", "least"), [(Modes(), 4.5), (Modes(contrast=True), 7.0)], ids=["day", "contrast"])
def test_all_words_stand_out_from_what_is_behind_them_and_every_control_from_what_is_around_it(
    glass_of, modes, least, part
):
    from kiosk.screens.icons import KioskIcon

    glass = glass_of(PORTRAIT)
    for view in unlike_each_other(glass, modes)[part::PARTS]:
        glass.show(view)
        picture = picture_of(glass)
        for label in shown(glass):
            assert contrast(colour(label), ground(label, picture)) >= least, (view.screen, label.text)
        for icon in (icon for icon in glass.seen(KioskIcon) if icon.kind):
            assert contrast(colour(icon), ground(icon, picture)) >= 3.0, (view.screen, icon.kind)
        if not view.colour:  # one that fills the glass has no edge
            for target in targets(glass):
                assert edge_contrast(target, picture) >= 3.0, (view.screen, target.name)


def colour(widget):
    return tuple(255 * part for part in widget.color[:3])


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_who_cannot_reach_or_read_the_ordinary_screen_reaches_what_changes_it(glass_of, size):
    glass = glass_of(size)
    glass.show(as_wanted(glass, states()["start"], Modes()))
    ways = [target for target in targets(glass) if target.name.startswith(("mode:", "language:"))]
    assert {"mode:large", "mode:contrast", "language:uk"} <= {way.name for way in ways}
    for way in ways:
        assert way.to_window(way.x, way.top)[1] <= glass.stage.panel.reach, way.name


@pytest.mark.parametrize("modes", [Modes(contrast=True), Modes(large=True)])
def test_what_is_chosen_has_a_tick_and_not_a_colour_alone(glass, modes):
    glass.show(as_wanted(glass, states()["start"], modes, "uk"))
    picture = picture_of(glass)
    ticks = {target.name: ticked(target, picture) for target in targets(glass) if isinstance(target.item, Button)}
    assert ticks == {target.name: target.item.chosen for target in targets(glass) if target.name in ticks}
    assert True in ticks.values()


def ticked(target, picture):
    """Whether something stands out in the button's upper right corner, where words never come."""
    from kiosk.screens.look import look

    _, top, right, _ = box(target, picture)
    corner = picture.crop(
        [round(edge) for edge in (right - 46 * look.u, top + 14 * look.u, right - 23 * look.u, top + 31 * look.u)]
    )
    return any(contrast(seen, ground(target, picture)) >= 3.0 for _, seen in corner.getcolors(2**20))


def test_a_mode_is_seen_at_once_and_leaves_with_its_resident(glass):
    glass.show(scene(states()["start"]))
    by_day = {tuple(label.color) for label in shown(glass)}
    glass.show(as_wanted(glass, states()["start"], Modes(contrast=True)))
    assert {tuple(label.color) for label in shown(glass)} != by_day
    glass.show(scene(states()["start"]))
    assert {tuple(label.color) for label in shown(glass)} == by_day


def test_each_mode_is_one_tap(glass):
    glass.show(scene(states()["start"]))
    for mode in ("large", "contrast", "low"):
        glass.tap(f"mode:{mode}")
    assert glass.tapped == ["mode:large", "mode:contrast", "mode:low"]


def test_low_reach_brings_the_highest_choice_down(glass):
    def highest(modes):
        glass.show(as_wanted(glass, states()["start"], modes))
        return max(target.to_window(target.x, target.top)[1] for target in targets(glass))

    assert highest(Modes()) > glass.stage.panel.reach
    assert highest(Modes(low=True)) <= glass.stage.panel.reach


def test_what_the_keypad_stands_on_has_a_ring_and_nothing_else_has(glass):
    for name in ("group:money", "matter:business", "language:uk", "mode:contrast"):
        state = replace(states()["start"], focus=name, speaking=True)
        glass.show(scene(state))
        assert [target.name for target in targets(glass) if target.focused] == [name]
    glass.show(scene(states()["start"]))
    assert not [target.name for target in targets(glass) if target.focused]


@pytest.mark.parametrize("modes", [Modes(), Modes(contrast=True)], ids=["day", "contrast"])
def test_the_ring_stands_out_from_the_screen(glass, modes):
    glass.show(as_wanted(glass, replace(states()["start"], focus="group:money"), modes))
    picture = picture_of(glass)
    widget = next(target for target in targets(glass) if target.focused)
    assert edge_contrast(widget, picture, reach=12) >= 3.0
