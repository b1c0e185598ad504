"""A program's settings: defaults beside its code, its TOML file over them, the command line over both."""

import argparse
import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args, get_origin

import msgspec

from .bus import BadServer, Server

T = TypeVar("T", bound=msgspec.Struct)

_SCALARS = (str, int, float, bool)


class SettingsError(ValueError):
    """One line that names the file, the key and what it should be."""


def settings_or_exit(kind: type[T], defaults: Path, program: str, argv: Sequence[str] | None = None) -> T:
    """Read the settings of `program`; on a mistake print one line and exit with status 2."""
    try:
        return read_settings(kind, defaults, program, argv)
    except SettingsError as error:
        print(f"{program}: {error}", file=sys.stderr)
        raise SystemExit(2) from None


def read_settings(kind: type[T], defaults: Path, program: str, argv: Sequence[str] | None = None) -> T:
    """Read the settings of `program`.

    `kind` is a frozen struct with `forbid_unknown_fields`; each field that holds a single value is also an
    option (`printer_timeout_s` is `--printer-timeout-s`), described by its `msgspec.Meta(description=...)`.
    """
    given = vars(_parser(kind, program).parse_args(argv))
    config = given.pop("config")
    options = {name: value for name, value in given.items() if value is not None}
    values = _toml(defaults)
    if config:
        # Checked alone first, so that a mistake is laid at the door of the file that holds it.
        file_values = _toml(Path(config))
        _convert(kind, values | file_values, config)
        values |= file_values
    return _convert(kind, values | options, "command line" if options else str(defaults), strict=False)


def check_mqtt(url: str) -> None:
    """Refuse an `mqtt` that is no server; for a struct's `__post_init__`, where the line can still name the file."""
    try:
        Server.from_url(url)
    except BadServer as error:
        raise ValueError(f"mqtt: {error}") from None


def make_folder(key: str, path: str) -> None:
    """Make the folder that the setting `key` names, if it names one; SettingsError if there can be none."""
    try:
        if path:
            Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{key}: {path}: {error.strerror}; it should be a folder to write to") from None


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help says what there is\n")


def _parser(kind: type[msgspec.Struct], program: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=program, description=kind.__doc__, allow_abbrev=False)
    parser.add_argument("--config", metavar="FILE", help="TOML file with any of these options")
    for field in msgspec.structs.fields(kind):
        meta, value = _unwrap(field.type)
        if value in _SCALARS:
            parser.add_argument(f"--{field.name.replace('_', '-')}", metavar=value.__name__.upper(), help=meta)
    return parser


def _unwrap(annotation: Any) -> tuple[str | None, Any]:  # noqa: ANN401 - any annotation at all
    """Return a field's description and the one type that it holds beside None."""
    description = None
    while args := get_args(annotation):
        if hasattr(annotation, "__metadata__"):
            # Metas nest: the outermost comes last.
            said = [meta.description for meta in annotation.__metadata__ if meta.description]
            description = said[-1] if said else None
        kept = [arg for arg in args if arg is not type(None) and not isinstance(arg, msgspec.Meta)]
        if len(kept) != 1 or get_origin(annotation) in (list, dict, tuple, set):
            break
        annotation = kept[0]
    return description, annotation


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {os.strerror(error.errno or 0)}; --config names a readable TOML file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not TOML: {error}") from None


def _convert(kind: type[T], values: dict[str, Any], source: str, *, strict: bool = True) -> T:
    try:
        return msgspec.convert(values, kind, strict=strict)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        key = path.rstrip("`")
        raise SettingsError(f"{source}: {key}: {message}" if key else f"{source}: {message}") from None


def check_language(locale: Path, language: str) -> None:
    """Refuse a language for which `locale` has no catalogue; ValueError with the key and what it should be."""
    known = sorted(path.stem for path in locale.glob("*.po"))
    if language not in known:
        raise ValueError(f"language: {language!r} should be one of {', '.join(known)}")
