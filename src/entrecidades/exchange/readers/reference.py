"""The reference data that every instance starts with: TOML files beside this room."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "reference"


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """One file: its name, what identifies this version of it, and its content."""

    name: str
    digest: str
    content: dict[str, Any]


def read_reference(name: str) -> ReferenceFile:
    """Read ``<name>.toml``."""
    raw = (FOLDER / f"{name}.toml").read_bytes()
    return ReferenceFile(name, hashlib.sha256(raw).hexdigest(), tomllib.loads(raw.decode()))
