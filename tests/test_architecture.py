"""Who may import whom: the layers of the design, read from the imports themselves."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAMS = ("broker", "kiosk", "display", "desk_terminal")
CLIENTS = ("kiosk", "display", "desk_terminal")


def within(name, *packages):
    """Whether a dotted name is one of the packages or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def is_standard(name):
    return name.partition(".")[0] in sys.stdlib_module_names


# Each rule: its name, and whether `module` may import `name`.
RULES = {
    "broker.domain imports the standard library only": lambda module, name: (
        not within(module, "broker.domain") or is_standard(name) or within(name, "broker.domain")
    ),
    "the contract imports no other part of the broker": lambda module, name: (
        not within(module, "broker.contract") or within(name, "broker.contract") or not within(name, "broker")
    ),
    "kiosk, display and desk_terminal import from the broker only its contract": lambda module, name: (
        not within(module, *CLIENTS) or within(name, "broker.contract") or not within(name, "broker")
    ),
    "kiosk, display and desk_terminal never import each other": lambda module, name: (
        not within(module, *CLIENTS) or not within(name, *CLIENTS) or module.partition(".")[0] == name.partition(".")[0]
    ),
    "paho is imported in broker/contract/bus.py and connection.py alone": lambda module, name: (
        module in {"broker.contract.bus", "broker.contract.connection"} or not within(name, "paho")
    ),
    "no program imports the tests": lambda _module, name: not within(name, "tests"),
}


def module_name(path, root):
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree, module, *, is_package):
    """Return every dotted name that a module imports, anywhere in it, relative ones made whole."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            # `.` is the module's own package: of `a.b.c` it is `a.b`, of the package `a.b` itself.
            up = node.level - 1 if is_package else node.level
            package = module.split(".")[: len(module.split(".")) - up] if node.level else []
            source = [*package, *(node.module.split(".") if node.module else [])]
            names |= {".".join([*source, alias.name]) for alias in node.names}
    return names


def trespasses(root, *packages):
    """Return a line for every import that breaks a rule, and for every module without a docstring."""
    found = []
    for path in sorted(path for package in packages for path in (root / package).rglob("*.py")):
        module = module_name(path, root)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if ast.get_docstring(tree) is None:
            found.append(f"{module} has no docstring")
        for name in sorted(imported(tree, module, is_package=path.stem == "__init__")):
            found += [f"{module} imports {name}: {rule}" for rule, allows in RULES.items() if not allows(module, name)]
    return found


def test_every_program_keeps_to_its_layer_and_every_module_says_what_it_is_for():
    assert trespasses(ROOT, *PROGRAMS) == []


def test_the_folders_that_the_rules_speak_of_are_there():
    assert [name for name in PROGRAMS if not (ROOT / name / "__init__.py").exists()] == []
    assert list((ROOT / "broker/domain").glob("*.py"))
    assert (ROOT / "broker/contract/bus.py").exists()
    assert (ROOT / "broker/contract/connection.py").exists()


def test_importing_the_messages_pulls_in_no_heavy_library():
    program = "import sys, broker.contract.messages; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(result.stdout.split())
    assert "msgspec" in loaded
    assert not loaded & {"sqlalchemy", "alembic", "kivy", "babel", "PIL", "escpos", "paho"}


def test_no_package_is_made_of_the_tests():
    assert sorted(map(str, (ROOT / "tests").rglob("__init__.py"))) == []


# -- the checker itself ------------------------------------------------------------------------------------------------

RIGHT = {
    "broker/__init__.py": "",
    "broker/domain/hall.py": "from . import events\nfrom .ticket import Ticket\nimport zoneinfo\n",
    "broker/contract/bus.py": "import paho.mqtt.client as paho\nfrom .messages import Health\nfrom . import topics\n",
    "broker/service.py": "from .domain.hall import Hall\nimport sqlalchemy\n",
    "kiosk/app.py": "from broker.contract import topics\nfrom broker.contract.bus import Bus\nfrom .menu import Menu\n",
}
WRONG = [
    ("broker/domain/hall.py", "import msgspec", "standard library only"),
    ("broker/domain/hall.py", "def f():\n    from sqlalchemy import select", "standard library only"),
    ("broker/domain/hall.py", "from broker.contract.messages import Ticket", "standard library only"),
    ("broker/domain/hall.py", "from ..store import log", "standard library only"),
    ("broker/contract/topics.py", "from ..domain.hall import Hall", "no other part of the broker"),
    ("broker/contract/topics.py", "from .. import domain", "no other part of the broker"),
    ("broker/contract/__init__.py", "from ..domain import hall", "no other part of the broker"),
    ("broker/contract/topics.py", "import broker.service", "no other part of the broker"),
    ("kiosk/app.py", "from broker.domain.ticket import Status", "only its contract"),
    ("kiosk/screens/thanks.py", "from broker import mosquitto", "only its contract"),
    ("display/app.py", "import broker", "only its contract"),
    ("display/app.py", "import broker.contractual", "only its contract"),
    ("desk_terminal/app.py", "import display.view", "never import each other"),
    ("display/app.py", "from kiosk import menu", "never import each other"),
    ("display/app.py", "import paho.mqtt.client", "connection.py alone"),
    ("broker/service.py", "from paho.mqtt import client", "connection.py alone"),
    ("broker/service.py", "from tests.builders import menu", "no program imports the tests"),
]


@pytest.fixture
def sample(tmp_path):
    """Return a function that writes modules to a sample tree and returns what is wrong with it."""

    def write(modules, docstring='"""What it is for."""\n'):
        for name, text in modules.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(docstring + text, encoding="utf-8")
        return trespasses(tmp_path, *PROGRAMS)

    return write


def test_modules_that_keep_the_rules_are_left_in_peace(sample):
    assert sample(RIGHT) == []


@pytest.mark.parametrize(("module", "text", "rule"), WRONG, ids=[f"{module}: {text}" for module, text, _ in WRONG])
def test_a_module_that_breaks_a_rule_is_named_with_the_rule(sample, module, text, rule):
    (found,) = sample(RIGHT | {module: text})
    assert found.startswith(module.removesuffix(".py").removesuffix("/__init__").replace("/", ".") + " imports ")
    assert found.endswith(rule)


def test_a_module_without_a_docstring_is_named(sample):
    assert sample({"display/app.py": "import sys\n"}, docstring="") == ["display.app has no docstring"]
