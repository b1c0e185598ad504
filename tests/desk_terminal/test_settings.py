"""What an office may write into desk.toml, and the one line that it reads when it made a mistake."""

import re
from pathlib import Path

import pytest

from broker.contract.settings import SettingsError, read_settings
from desk_terminal.keys import Key
from desk_terminal.settings import DEFAULTS, Settings
from desk_terminal.typed import Target
from desk_terminal.wiring import Bus, Gpio, Matrix, Rs485, Serial

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "desk").glob("*.toml"))


@pytest.fixture
def read(tmp_path):
    def read(toml, *options):
        config = tmp_path / "desk.toml"
        config.write_text(toml, encoding="utf-8")
        return read_settings(Settings, DEFAULTS, "okienko-desk", ["--config", str(config), *options])

    return read


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_of_the_documentation_is_a_whole_desk(example):
    settings = read_settings(Settings, DEFAULTS, "okienko-desk", ["--config", str(example)])
    assert "30" in [desk.desk for desk in settings.served]
    for desk in settings.served:
        assert desk.gpio or desk.matrix or desk.serial or desk.usb or desk.rs485


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_says_how_it_is_wired(example):
    wiring = "\n".join(line for line in example.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    assert "Wiring" in wiring
    settings = read_settings(Settings, DEFAULTS, "okienko-desk", ["--config", str(example)])
    for pin in [pin for desk in settings.served for _, pin in desk.pins]:
        assert re.search(rf"GPIO{pin}\b", wiring)


def test_the_page_about_the_desk_names_every_key_and_every_example():
    page = (EXAMPLES[0].parent / "README.md").read_text(encoding="utf-8")
    assert [key for key in Key if not key.typed and f"`{key}`" not in page] == []
    assert [example.name for example in EXAMPLES if example.name not in page] == []


def test_there_are_examples():
    assert {"serial-keypad", "single-button-gpio"} <= {example.stem for example in EXAMPLES}


def test_the_comments_of_default_toml_tell_the_true_defaults():
    text = DEFAULTS.read_text(encoding="utf-8")
    port, bus, keypad = Serial("/dev/x"), Bus("/dev/x"), Rs485(1)
    for line in (
        *(f"{name} = {getattr(bus, name)}" for name in ("baud", "answer_s", "silent_s", "poll_s", "seek_s")),
        f'display = "{keypad.display}"',
        f"baud = {port.baud}",
        f'format = "{port.format}"',
        f'sends = "{port.sends}"',
        f"repeat_s = {port.repeat_s}",
        f'encoding = "{port.encoding}"',
        *(f'"{sent}" = "{key}"' for sent, key in port.keys.items()),
    ):
        assert f"# {line}" in text, line


def test_the_desk_is_the_part_of_the_id_after_desk(read):
    assert read('id = "desk-p3"').desk == "p3"
    assert read('id = "desk-30"\ndesk = "31"').desk == "31"
    assert read("", "--id", "left-window", "--desk", "7").desk == "7"


def test_keys_lamp_and_port_are_read(read):
    serial = '[serial]\nport = "/dev/ttyUSB0"\n[serial.keys]\n"1" = "next"'
    settings = read("[gpio]\nlamp = 18\n[gpio.keys]\nnext = 17\n" + serial)
    assert settings.gpio == Gpio({"next": 17}, 18)
    assert settings.serial == Serial("/dev/ttyUSB0", keys={"1": "next"})


SERIAL = '[serial]\nport = "/dev/x"\n'
TWO = """
id = "desks-hall"
bus = { port = "/dev/rs485" }
language = "en"
[[desks]]
desk = "30"
language = "uk"
gpio = { keys = { next = 17 }, lamp = 18 }
[[desks]]
desk = "31"
matrix = { rows = [5, 6], columns = [12], keys = [["1"], ["next"]] }
rs485 = { address = 7 }
[transfer]
"2" = { category = "business" }
"7" = { desk = "31" }
"""


def test_one_process_may_serve_several_desks(read):
    settings = read(TWO)
    thirty, thirty_one = settings.served
    assert (thirty.desk, thirty.language, thirty.gpio) == ("30", "uk", Gpio({"next": 17}, 18))
    assert (thirty_one.desk, thirty_one.language, thirty_one.rs485) == ("31", "en", Rs485(7))
    assert thirty_one.matrix == Matrix([5, 6], [12], [["1"], ["next"]])
    assert settings.transfer == {"2": Target(category="business"), "7": Target(desk="31")}


@pytest.mark.parametrize(
    ("there", "instead", "line"),
    [
        ('desk = "31"', 'desk = "30"', "desks[1].desk = 30: taken by desks[0].desk; each needs its own"),
        ("columns = [12]", "columns = [17]", "desks[1].matrix.columns[0] = 17: taken by desks[0].gpio.next"),
        ("next = 17", "next = 77", "desks[0].gpio: next = 77: no such pin"),
        ("next = 17", "nxt = 17", "desks[0].gpio: 'nxt' is no key"),
        ("lamp = 18 }", 'lamp = 18 }\nrs485 = { address = 7, encoding = "cp1251" }', "rs485.address = 7: taken by"),
        ("lamp = 18 }", "lamp = 18 }\nrs485 = { address = 7 }", "desks[0]: rs485.encoding: 'ascii' cannot write Ukr"),
        ("lamp = 18 }", 'lamp = 18 }\nusb = { port = "/dev/rs485" }', "usb.port = /dev/rs485: taken by bus.port"),
        ('bus = { port = "/dev/rs485" }', "", "bus: missing; rs485 needs the line that it is on, like bus = {"),
        ("rs485 = { address = 7 }", "", "bus: no desk has a keypad on it; it should have rs485 = { address = 1 }"),
        ('id = "desks-hall"', 'id = "desks-hall"\ndesk = "30"', "desk: with [[desks]] it should stand within one"),
        ('id = "desks-hall"', 'serial = { port = "/dev/x" }', "serial: with [[desks]] it should stand within one of"),
        ('desk = "30"', 'desk = "a/b"', "desks[0]: desk: 'a/b' should be a desk's id in office.toml, without / + #"),
        ('language = "uk"', 'language = "de"', "desks[0]: language: 'de' should be one of pl, en, uk"),
        ('"2" =', '"TOOLONG99" =', "transfer: 'TOOLONG99' should be 1 to 8 digits or capital letters, as typed"),
        ('{ desk = "31" }', '{ desks = "31" }', "Object contains unknown field `desks`"),
        ('{ desk = "31" }', "{ }", 'it should be { category = "..." } or { desk = "..." }'),
    ],
)
def test_a_mistake_about_several_desks_is_one_line_with_file_and_key(read, tmp_path, there, instead, line):
    with pytest.raises(SettingsError) as refused:
        read(TWO.replace(there, instead, 1))
    assert line in str(refused.value)
    assert str(refused.value).startswith(f"{tmp_path}/desk.toml: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        (
            "[gpio.keys]\nnxt = 17",
            "'nxt' is no key; the keys are next, recall, start, finish, no_show",
        ),
        ("[gpio.keys]\nnext = 28", "gpio: next = 28: no such pin; BCM pins are 0 to 27"),
        ("[gpio.keys]\nnext = 17\nstart = 17", "start = 17: taken by next; each needs its own"),
        ("[gpio]\nlamp = 17\n[gpio.keys]\nnext = 17", "lamp = 17: taken by next; each needs its own"),
        ("[gpio]\nlamb = 17", "gpio: Object contains unknown field `lamb`"),
        ("[serial]\nbaud = 9600", "serial: Object missing required field `port`"),
        ('[serial]\nport = "/dev/x"\nformat = "9N1"', "'9N1' should be like 8N1"),
        ('[serial]\nport = "/dev/x"\nsends = "packets"', "'packets' should be bytes or lines"),
        ('[serial]\nport = "/dev/x"\nencoding = "polish"', "'polish' is unknown; ascii, cp852"),
        ('[serial]\nport = "/dev/x"\nkeys = { "NEXT" = "next" }', "'NEXT' should be one character, or sends"),
        ('[serial]\nport = "/dev/x"\nkeys = { "ż" = "next" }', "'ż' should be plain ASCII"),
        ('[serial]\nport = "/dev/x"\nkeys = { "N" = "forward" }', "'forward' is no key"),
        ('language = "uk"\n' + SERIAL, "serial.encoding: 'ascii' cannot write Ukrainian"),
        (SERIAL + 'encoding = "utf-16"', "serial: encoding: 'utf-16' writes A1 in another way than ASCII"),
        (SERIAL + 'encoding = "idna"', "serial: encoding: 'idna' is unknown; ascii, cp852"),
        (SERIAL + f'sends = "lines"\nkeys = {{ {"N" * 65} = "next" }}', "NNN' should be at most 64 characters"),
        ('[usb]\nport = "/dev/\\u0000x"', "usb.port: Expected `str` matching regex"),
        ('[matrix]\nrows = [5]\ncolumns = [6]\nkeys = [[""]]', "matrix: keys: none has a name; it should be like next"),
        (f'[transfer]\n"2" = {{ desk = "{"x" * 65}" }}', "Expected `str` of length <= 64"),
        (SERIAL + '[usb]\nport = "/dev/x"', "usb.port = /dev/x: taken by serial.port; each needs its own"),
        ("[gpio.keys]\nnext = 17\n[gpio.long]\nnext = 'undone'", "gpio: 'undone' is no key"),
        ("long_press_s = 0", "long_press_s: Expected `float` >= 0.2"),
        ("[rs485]\naddress = 1", "bus: missing; rs485 needs the line that it is on"),
        ('language = "de"', "language: 'de' should be one of pl, en, uk"),
        ('id = "Desk 30"', "id: 'Desk 30' should be like desk-30"),
        ('id = "window"', 'say which desk it is, like desk = "30"'),
        ('desk = "+"', "desk: '+' should be a desk's id"),
        ('mqtt = "http://hall"', "mqtt: 'http://hall' is no MQTT server; it should be like mqtt://"),
    ],
)
def test_a_mistake_is_one_line_with_file_and_key(read, tmp_path, toml, line):
    with pytest.raises(SettingsError) as refused:
        read(toml)
    assert line in str(refused.value)
    assert str(refused.value).startswith(f"{tmp_path}/desk.toml: ")
    assert "\n" not in str(refused.value)
