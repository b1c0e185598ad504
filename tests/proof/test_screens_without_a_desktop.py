"""Kiosk and wall on a machine without a desktop: real units, the kernel's own screen, a finger on a touchscreen.

A virtual machine with a virtual GPU, whose screen lies on its side: 1280 by 720, which `rotation = 90` turns for the
kiosk. The pictures are what the GPU shows; the finger goes to the panel's own coordinates, to where the picture has the
button.
"""

import json
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from PIL import Image as Picture
from PIL import ImageChops, ImageFilter

from tests.proof.vm import image as images
from tests.proof.vm.machine import Machine

SCREENS = Path(images.HERE) / "screens.py"
SCRIPT = "cp /proof/screens.py /run\nexec /opt/okienko/current/bin/python3 /run/screens.py\n"
AMBER = (255, 183, 3)
BOOT_S, STEP_S = 600, 900
NUMBER_SHARE, CALL_SHARE = 0.02, 0.15  # of the screen in amber: a resident's number, a call on the wall
COLOURS_OF_A_SCREEN = 20

pytestmark = [
    pytest.mark.proof,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(images.missing() is not None, reason=str(images.missing())),
]


@pytest.fixture(scope="module")
def machine():
    """Boot the machine once; a socket's path must be short, so its folder is not pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="okienko-vm-"))
    one = Machine(folder, images.image(), SCRIPT)
    shutil.copy(SCREENS, one.share)
    with one:
        yield one
    shutil.rmtree(folder)


def amber_square(picture, side=9):
    """Return the middle of what is amber for so many pixels all around, in shares of the picture; None without it."""
    away = ImageChops.difference(picture.convert("RGB"), Picture.new("RGB", picture.size, AMBER))
    near = away.convert("L").point(lambda value: 255 if value < 12 else 0)
    box = near.filter(ImageFilter.MinFilter(side)).getbbox()
    return box and ((box[0] + box[2]) / 2 / picture.width, (box[1] + box[3]) / 2 / picture.height)


def amber_share(picture):
    colours = picture.convert("RGB").getcolors(picture.width * picture.height)
    return sum(count for count, colour in colours if colour == AMBER) / (picture.width * picture.height)


def lit(picture):
    """Whether anything stands on the screen."""
    return len(picture.convert("RGB").getcolors(picture.width * picture.height)) > COLOURS_OF_A_SCREEN


DRAWN = {
    "kiosk-start": lambda picture: amber_square(picture) is not None,
    "kiosk-ticket": lambda picture: amber_share(picture) > NUMBER_SHARE,
    "wall-calm": lit,
    "wall-call": lambda picture: amber_share(picture) > CALL_SHARE,
}


@pytest.fixture(scope="module")
def shown(machine):
    """Follow the machine to its end: its pictures by name, and how long it took to the first of them."""
    pictures = {}
    began = time.monotonic()
    for name, drawn in DRAWN.items():
        machine.hear(f"SHOW {name}", BOOT_S + STEP_S)
        pictures[name] = picture_when(machine, name, drawn)
        x, y = amber_square(pictures[name]) or (0, 0)
        machine.tell(f"seen-{name}", f"{x} {y}")
    machine.hear("TOLD done", STEP_S)
    machine.ends(STEP_S)
    return pictures, time.monotonic() - began


def picture_when(machine, name, drawn):
    """Look at the screen until it is drawn; keep what was seen."""
    kept = images.cache() / "screens" / f"{name}.png"
    kept.parent.mkdir(exist_ok=True)
    until = time.monotonic() + STEP_S
    while True:
        picture = machine.picture(name)
        picture.save(kept)
        if drawn(picture):
            return picture
        assert time.monotonic() < until, f"not to be seen: {name}; {kept} is what was"
        time.sleep(2)


def told(machine, name):
    """Return what the machine said of something; JSON where it is."""
    return machine.hear(f"TOLD {name} ", 1)


def test_the_units_draw_on_the_screen_itself_and_a_finger_takes_a_ticket(machine, shown, report):
    pictures, seconds = shown
    kiosk_status, kiosk_s = told(machine, "kiosk-start").split()
    wall_status, wall_s = told(machine, "wall-start").split()
    assert (kiosk_status, wall_status) == ("0", "0"), "systemd has heard of the first frame"
    assert json.loads(told(machine, "tickets")) == ["B001"], "the one matter whose button was touched, once"
    start, ticket = pictures["kiosk-start"], pictures["kiosk-ticket"]
    assert start.size == (1280, 720)
    assert amber_share(start) < NUMBER_SHARE < amber_share(ticket), "the number stands large on the screen"
    assert told(machine, "called") == "B001"
    assert amber_share(pictures["wall-calm"]) < CALL_SHARE < amber_share(pictures["wall-call"])
    report(
        f"without a desktop: kiosk up in {kiosk_s} s, touch to paper {told(machine, 'touch-to-paper-s')} s, "
        f"wall up in {wall_s} s, all {seconds:.0f} s of an emulated machine; pictures in {images.cache() / 'screens'}"
    )


def test_a_kiosk_that_may_not_use_the_screen_or_its_chip_says_so_and_ends(machine, shown):
    status, said = json.loads(told(machine, "stranger"))
    assert (status, len(said)) == (2, 1)
    assert "card0 may not be used: add the program's user to the groups video and render" in said[0]
    status, said = json.loads(told(machine, "processor"))
    assert (status, len(said)) == (2, 1)
    assert "drawn by the processor (llvmpipe" in said[0]
    assert "add the program's user to the group render, or set software_rendering = true" in said[0]


def test_a_screen_that_limps_is_told_in_health_unless_the_processor_may_draw(machine, shown):
    assert json.loads(told(machine, "wall-health")) == ["degraded", ["screen"]]
    assert json.loads(told(machine, "kiosk-health")) == ["up", []]
