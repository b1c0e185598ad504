"""The bill of materials names everything that is installed, and says the same of the same lock."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def bill(*words):
    made = subprocess.run(
        [sys.executable, ROOT / ".ci" / "sbom.py", *words], capture_output=True, text=True, check=True, timeout=60
    )
    return made.stdout


def test_every_package_of_the_lock_is_in_the_bill_with_all_its_checksums():
    made = json.loads(bill("--debian", "mosquitto openssl"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    libraries = {part["name"]: part for part in made["components"] if part["type"] == "library"}
    assert {f"{part['name']}=={part['version']}" for part in libraries.values()} == set(
        re.findall(r"^([\w.-]+==[^ ;\\]+)", LOCK, re.MULTILINE)
    )
    checksums = [entry["content"] for part in libraries.values() for entry in part["externalReferences"][0]["hashes"]]
    assert sorted(checksums) == sorted(re.findall(r"sha256:([0-9a-f]{64})", LOCK))
    assert libraries["zeroconf"]["purl"].startswith("pkg:pypi/zeroconf@")
    assert {part["purl"] for part in made["components"] if part["type"] == "application"} == {
        "pkg:deb/debian/mosquitto",
        "pkg:deb/debian/openssl",
    }
    references = [part["bom-ref"] for part in made["components"]]
    assert len(references) == len(set(references))
    assert made["dependencies"][0]["dependsOn"] == references


def test_nearly_every_package_states_its_licence():
    made = json.loads(bill())
    silent = [part["name"] for part in made["components"] if "licenses" not in part]
    assert len(silent) < len(made["components"]) / 4, silent


def test_the_same_lock_gives_the_same_bill():
    assert bill() == bill()
