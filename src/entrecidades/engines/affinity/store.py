"""Frozen records of arrays, kept as a folder of ``.npy`` files and mapped, not parsed."""

import dataclasses
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np

Record = TypeVar("Record")


def save(record: Any, folder: Path) -> None:
    """Write each array of a record, and of the records in it, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if dataclasses.is_dataclass(value):
            save(value, folder / field.name)
        else:
            np.save(folder / f"{field.name}.npy", value)


def open_record(kind: type[Record], folder: Path) -> Record:
    """Map a saved record; pages are shared between processes until one writes to them.

    Raises
    ------
    FileNotFoundError
        When the folder holds no such record.
    """
    values = {}
    for name, hint in get_type_hints(kind).items():
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            values[name] = open_record(hint, folder / name)
        else:
            values[name] = mapped(folder / f"{name}.npy")
    return kind(**values)


def mapped(path: Path) -> Any:
    """The array of a file, copied on write; empty files cannot be mapped and are read."""
    try:
        return np.load(path, mmap_mode="c").view(np.ndarray)
    except ValueError:
        return np.load(path)
