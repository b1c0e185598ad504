#!/usr/bin/env python3
"""The software bill of materials: what Okienko is made of, from the lock, in CycloneDX's JSON.

    .ci/sbom.py --lock requirements.lock --debian "mosquitto espeak-ng" > sbom.cdx.json

The same lock gives the same bytes. Licences are those that the installed packages state.
"""

import argparse
import json
import re
import sys
import tomllib
import uuid
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$")
HASHED = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")

Component = dict[str, Any]


def components(lock: str) -> list[Component]:
    """Return every package of the lock, with the checksums of its files."""
    found: list[Component] = []
    digests: list[dict[str, str]] = []
    for line in lock.splitlines():
        if pinned := PINNED.match(line):
            name, version = pinned["name"], pinned["version"]
            digests = []
            purl = f"pkg:pypi/{name.lower()}@{version}"
            page = {"type": "distribution", "url": f"https://pypi.org/project/{name}/{version}/", "hashes": digests}
            component = {"type": "library", "name": name, "version": version, "bom-ref": purl, "purl": purl}
            if pinned["marker"]:
                component["properties"] = [{"name": "okienko:marker", "value": pinned["marker"]}]
            found.append(component | licences(name) | {"externalReferences": [page]})
        elif hashed := HASHED.search(line):
            digests.append({"alg": "SHA-256", "content": hashed["digest"]})
    return found


def licences(name: str) -> Component:
    """Return what an installed package says of its licence; nothing where it is not installed or says nothing."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return {}
    if expression := said.get("License-Expression"):
        return {"licenses": [{"expression": expression}]}
    classified = [
        text.rpartition(" :: ")[2] for text in said.get_all("Classifier", []) if text.startswith("License ::")
    ]
    words = classified or [text for text in [said.get("License", "")] if text and "\n" not in text]
    return {"licenses": [{"license": {"name": word}} for word in words]} if words else {}


def debian(names: list[str]) -> list[Component]:
    """Return the packages that the machine's own system brings, in whatever version it has."""
    purls = {name: f"pkg:deb/debian/{name}" for name in names}
    return [{"type": "application", "name": name, "bom-ref": purl, "purl": purl} for name, purl in purls.items()]


def bill(lock: str, project: dict[str, Any], system: list[str]) -> dict[str, Any]:
    """Return the whole bill for a lock and a project's table of pyproject.toml."""
    parts = [*components(lock), *debian(system)]
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, own + lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "bom-ref": own,
                "purl": own,
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def main() -> int:
    """Print the bill."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements.lock")
    parser.add_argument("--debian", default="", help="packages of the system, with blanks between")
    options = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    whole = bill(options.lock.read_text(encoding="utf-8"), project, sorted(set(options.debian.split())))
    json.dump(whole, sys.stdout, indent=2, ensure_ascii=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
