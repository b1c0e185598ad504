"""docs/options.md explains every option of every program, with its default."""

import json
import re
import tomllib
from importlib import import_module

import msgspec
import pytest

from broker.contract.settings import _parser
from desk_terminal import wiring
from tests.docs.pages import ROOT, page, section

PACKAGES = {
    "okienko-broker": "broker",
    "okienko-kiosk": "kiosk",
    "okienko-display": "display",
    "okienko-desk": "desk_terminal",
}


def settings_of(program):
    return import_module(f"{PACKAGES[program]}.settings").Settings


@pytest.mark.parametrize("program", PACKAGES)
def test_every_option_stands_in_the_programs_table_with_its_default(program):
    table = section(page("options.md"), program)
    rows = {
        key: default
        for keys, default in re.findall(r"^\| (`.*?`) \| (.*?) \|", table, re.MULTILINE)
        for key in re.findall(r"`(\w+)`", keys)
    }
    assert {field.name for field in msgspec.structs.fields(settings_of(program))} <= set(rows)
    for key, default in tomllib.loads((ROOT / PACKAGES[program] / "default.toml").read_text(encoding="utf-8")).items():
        assert rows[key] == f"`{json.dumps(default)}`", key


@pytest.mark.parametrize("kind", ["Gpio", "Matrix", "Serial", "Usb", "Bus", "Rs485"])
def test_every_option_of_a_keypad_is_explained_with_its_default(kind):
    table = section(page("options.md"), "okienko-desk")
    rows = table.partition(f"| `[{kind.lower()}]` |")[2].partition("\n\n")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", rows, re.MULTILINE))
    fields = {field.name: field for field in msgspec.structs.fields(getattr(wiring, kind))}
    assert told.keys() == fields.keys()
    assert {name for name, default in told.items() if default == "must be there"} == {
        name for name, field in fields.items() if field.required
    }
    for name, default in told.items():
        if default.startswith("`") and isinstance(fields[name].default, (bool, int, float, str)):
            assert default == f"`{json.dumps(fields[name].default)}`", name


@pytest.mark.parametrize("program", PACKAGES)
def test_a_program_asked_for_help_explains_every_option(program):
    unexplained = [action.dest for action in _parser(settings_of(program), program)._actions if not action.help]
    assert not unexplained
