"""Scripts, fonts and shapes that the pages use, from the npm registry into the package: run it after changing a version here.

usage: python scripts/assets.py [--check]

They are committed, so that nothing is fetched when Khabar is installed, built or run. Each package is taken at one version and
one digest. With --check nothing is written, and the exit code is 1 where a committed file differs from its package's.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from shapes import countries

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "src" / "khabar" / "web" / "static" / "vendor"


class Package(NamedTuple):
    """A package of the registry, and which of its files go where."""

    name: str
    version: str
    digest: str
    files: dict[str, str]


PLEX = "ibm-plex-sans-arabic"
PACKAGES = (
    Package(
        "htmx.org",
        "2.0.11",
        "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
        {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "licences/htmx.txt"},
    ),
    Package(
        "leaflet",
        "1.9.4",
        "sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
        {"dist/leaflet.js": "leaflet.js", "dist/leaflet.css": "leaflet.css", "LICENSE": "licences/leaflet.txt"},
    ),
    Package(
        f"@fontsource/{PLEX}",
        "5.3.0",
        "sha512-ZZ4g+JDgQY0NqSh4o0MNWU1sHQmtcee1g++aKAwyJvZxnT5y51JXsN1cIXnaQaMd40dcbK6QFYa+Z1LbaiNuqA==",
        {
            f"files/{PLEX}-arabic-400-normal.woff2": "fonts/plex-arabic-400.woff2",
            f"files/{PLEX}-arabic-600-normal.woff2": "fonts/plex-arabic-600.woff2",
            f"files/{PLEX}-latin-400-normal.woff2": "fonts/plex-latin-400.woff2",
            f"files/{PLEX}-latin-600-normal.woff2": "fonts/plex-latin-600.woff2",
            "LICENSE": "licences/ibm-plex-sans-arabic.txt",
        },
    ),
    Package(
        "@fontsource-variable/noto-naskh-arabic",
        "5.3.0",
        "sha512-Ot0G5iln5MeLPKp1WNt6AGi4KHbPIVm0GEow2ED6rZ+8Rao+OuswhX4D+RPerc3aQ6teneLdqXSL8VPGorJvGg==",
        {
            "files/noto-naskh-arabic-arabic-wght-normal.woff2": "fonts/naskh-arabic.woff2",
            "LICENSE": "licences/noto-naskh-arabic.txt",
        },
    ),
    Package(
        "@fontsource-variable/source-serif-4",
        "5.3.1",
        "sha512-4Rtay22SC4lMvw11r/+9kxANB6P3M0X8s1NudBC2v0J1KU2y3DcMoNcT3lBoZ/CqLirzf+StlO6UlJilyrvaUg==",
        {
            "files/source-serif-4-latin-wght-normal.woff2": "fonts/source-serif-latin.woff2",
            "LICENSE": "licences/source-serif-4.txt",
        },
    ),
    Package(
        "world-atlas",
        "2.0.2",
        "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        {"countries-50m.json": "countries.geojson"},
    ),
)


def unpacked(package: Package, folder: Path) -> dict[str, bytes]:
    """The files of a package, checked against its digest."""
    command = ["npm", "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
    name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
    content = (folder / name).read_bytes()
    digest = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if digest != package.digest:
        sys.exit(f"{package.name} {package.version} has the digest {digest}, not the one that stands here")
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        found = {}
        for member in archive.getmembers():
            file = archive.extractfile(member)
            if file is not None:
                found[member.name.partition("/")[2]] = file.read()
    return found


def made(package: Package, files: dict[str, bytes]) -> dict[str, bytes]:
    """What the package gives us, by its path under `vendor`."""
    given = {}
    for source, target in package.files.items():
        content = files[source]
        if target.endswith(".geojson"):
            content = json.dumps(countries(json.loads(content)), ensure_ascii=False, separators=(",", ":")).encode()
        elif target.endswith((".js", ".css")):  # no map of the source is shipped: browsers' tools would ask for it in vain
            lines = [line for line in content.decode().splitlines() if "sourceMappingURL" not in line]
            content = ("\n".join(lines) + "\n").encode()
        given[target] = content
    return given


def main() -> int:
    check, stale = "--check" in sys.argv[1:], 0
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            for target, content in made(package, unpacked(package, Path(folder))).items():
                path = INTO / target
                if path.exists() and path.read_bytes() == content:
                    continue
                stale += 1
                print(f"{path.relative_to(ROOT)} {'differs from its package' if check else 'written'}")
                if not check:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
