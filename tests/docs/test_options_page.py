"""docs/options.md explains every option of every program, with its default."""

import json
import re
import tomllib
from importlib import import_module

import msgspec
import pytest

from broker.contract.settings import _parser
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
    assert {field.name for field in msgspec.structs.fields(settings_of(program))} <= set(rows) | {"gpio", "serial"}
    for key, default in tomllib.loads((ROOT / PACKAGES[program] / "default.toml").read_text(encoding="utf-8")).items():
        assert rows[key] == f"`{json.dumps(default)}`", key


def test_every_option_of_a_wired_or_serial_keypad_is_explained():
    table = section(page("options.md"), "okienko-desk")
    for heading, kind in {"`[gpio]`": "Gpio", "`[serial]`": "Serial"}.items():
        rows = table.partition(f"| {heading} |")[2].partition("\n\n")[0]
        told = set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE))
        assert told == {
            field.name for field in msgspec.structs.fields(getattr(import_module("desk_terminal.settings"), kind))
        }


@pytest.mark.parametrize("program", PACKAGES)
def test_a_program_asked_for_help_explains_every_option(program):
    unexplained = [action.dest for action in _parser(settings_of(program), program)._actions if not action.help]
    assert not unexplained
