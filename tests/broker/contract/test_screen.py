"""Which screen a program draws on, and what it says where nobody would see it."""

import pytest

from broker.contract.screen import (
    Drawing,
    NoScreen,
    complaint,
    problems,
    refuse_no_window,
    refuse_unseen,
    sdl_driver,
    video_driver,
)

CHIP = Drawing("KMSDRM", "V3D 4.2")
PROCESSOR = Drawing("KMSDRM", "llvmpipe (LLVM 15.0.6, 256 bits)")


@pytest.mark.parametrize(
    ("screen", "environment", "driver"),
    [
        ("any", {}, "KMSDRM"),
        ("any", {"DISPLAY": ":0"}, "x11"),
        ("any", {"WAYLAND_DISPLAY": "wayland-0"}, "x11"),
        ("any", {"DISPLAY": ":0", "SDL_VIDEODRIVER": "offscreen"}, "offscreen"),
        ("kms", {"DISPLAY": ":0", "SDL_VIDEODRIVER": "x11"}, "KMSDRM"),
        ("kms", {"SDL_VIDEODRIVER": "offscreen"}, "KMSDRM"),
        ("desktop", {}, "x11"),
        ("desktop", {"SDL_VIDEODRIVER": "wayland"}, "wayland"),
        ("desktop", {"SDL_VIDEODRIVER": "KMSDRM"}, "x11"),
    ],
)
def test_a_screen_is_one_that_somebody_sees_unless_the_environment_asks_for_none(screen, environment, driver):
    assert video_driver(environment, screen) == driver


def test_a_chip_that_draws_on_the_screen_that_was_wanted_is_well():
    refuse_unseen(CHIP, "KMSDRM", "kms", software=False)
    assert problems(complaint(CHIP, software=False)) == []
    refuse_unseen(Drawing("kmsdrm", "V3D 7.1"), "KMSDRM", "kms", software=False)


@pytest.mark.parametrize("screen", ["kms", "desktop", "any"])
def test_a_program_that_would_draw_where_nobody_looks_is_refused(screen):
    with pytest.raises(NoScreen, match="no screen: SDL draws with its driver offscreen instead of KMSDRM"):
        refuse_unseen(Drawing("offscreen", "llvmpipe"), "KMSDRM", screen, software=True)


@pytest.mark.parametrize("renderer", [PROCESSOR.renderer, "softpipe", "Software Rasterizer", "SwiftShader Device"])
def test_a_screen_drawn_by_the_processor_is_refused_without_a_desktop_and_told_with_one(renderer):
    with pytest.raises(NoScreen, match="add the program's user to the group render, or set software_rendering"):
        refuse_unseen(Drawing("KMSDRM", renderer), "KMSDRM", "kms", software=False)
    refuse_unseen(Drawing("x11", renderer), "x11", "desktop", software=False)
    (problem,) = problems(complaint(Drawing("x11", renderer), software=False))
    assert (problem.code, problem.detail.partition(" (")[0]) == ("screen", "drawn by the processor")


def test_a_processor_that_may_draw_is_no_fault():
    refuse_unseen(PROCESSOR, "KMSDRM", "kms", software=True)
    assert complaint(PROCESSOR, software=True) is None


@pytest.mark.parametrize(
    ("environment", "advice"),
    [
        ({"SDL_VIDEODRIVER": "x11"}, 'DISPLAY is not set: start it from a desktop, or set screen = "kms"'),
        ({"SDL_VIDEODRIVER": "x11", "DISPLAY": ":7"}, "does the desktop at DISPLAY=:7 let this user in?"),
        ({"SDL_VIDEODRIVER": "KMSDRM"}, "card0: is a graphics driver loaded (on a Pi dtoverlay=vc4-kms-v3d)?"),
        ({"SDL_VIDEODRIVER": "dummy"}, "opens no window; set screen"),
    ],
)
def test_where_no_window_opens_one_line_says_what_to_do(tmp_path, environment, advice):
    line = str(refuse_no_window(environment, tmp_path))
    assert line.startswith(f"no screen: SDL's driver {environment['SDL_VIDEODRIVER']} opens no window; ")
    assert line.endswith(advice)
    assert "\n" not in line


def test_a_card_that_is_there_but_gives_no_window_is_held_by_another_or_has_no_screen(tmp_path):
    (tmp_path / "card1").touch()
    assert "is a screen plugged in" in str(refuse_no_window({"SDL_VIDEODRIVER": "KMSDRM"}, tmp_path))


def test_a_process_without_sdl_draws_with_nothing(tmp_path):
    maps = tmp_path / "maps"
    maps.write_text("7f0 r-xp 0 fe:00 1 /usr/lib/libSDL2_image-2.0.so.0\n7f1 r-xp 0 fe:00 2 /usr/lib/libc.so.6\n")
    assert sdl_driver(maps) == "none"
