"""Reads other people's files: bounded, and with errors that name the file and the place in it.

A file that cannot be read as a whole raises FormatError. A broken entry is logged, counted and
skipped, so that one bad line does not cost the rest.
"""

import json
import logging
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)

# The largest published file, the item metadata of Polyvore Outfits, has about 100 MB.
MAX_BYTES = 512 * 2**20
MAX_LINE = 2**16
# The longest published outfit has 19 items.
MAX_ITEMS = 100
# Warnings for each file; the rest is only counted.
MAX_WARNINGS = 20
# An id becomes part of a file's name, so it holds no path.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}")


class FormatError(ValueError):
    """A file that is not what its format says; the message names it."""


class Skipped:
    """Counts skipped entries by file and logs the first of them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, path: Path, place: str, error: Exception) -> None:
        """Logs `PATH: PLACE skipped: WHY`."""
        self.counts[path.name] += 1
        if self.counts[path.name] <= MAX_WARNINGS:
            log.warning("%s: %s skipped: %s", path, place, _reason(error))
        if self.counts[path.name] == MAX_WARNINGS:
            log.warning("%s: further entries are skipped without a word", path)


# What reading one entry may raise: a key or type that is not there, or our own words.
ENTRY_ERRORS = (KeyError, TypeError, ValueError, AttributeError)


def _reason(error: Exception) -> str:
    return f"no {error.args[0]!r}" if isinstance(error, KeyError) else str(error)


def load_json(path: Path, kind: type) -> list | dict:
    """A JSON file whose outermost value is a list or an object (`kind`)."""
    _check_size(path)
    try:
        table = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FormatError(f"{path}: {where}: not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{path}: not JSON: {error}") from error
    if not isinstance(table, kind):
        wanted = "a list" if kind is list else "an object"
        raise FormatError(f"{path}: {wanted} expected, not {type(table).__name__}")
    return table


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines of a text file, counted from 1, without blank ones."""
    _check_size(path)
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise FormatError(f"{path}: line {number}: longer than {MAX_LINE} characters")
            if line.strip():
                yield number, line.strip()


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise FormatError(f"{path}: {error.strerror}") from error
    if size > MAX_BYTES:
        raise FormatError(f"{path}: {size} bytes; at most {MAX_BYTES} are read")


def first_of(folder: Path, *names: str) -> Path | None:
    """The first of several names of one file that exists in a folder."""
    found = [folder / name for name in names if (folder / name).is_file()]
    if len(found) > 1:
        log.warning("%s: read instead of %s", found[0], ", ".join(p.name for p in found[1:]))
    return found[0] if found else None


def read_id(value: object) -> str:
    """An id that may be a string or a whole number, as a string."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _ID.fullmatch(text.strip()):
        raise ValueError(f"{str(value)[:80]!r} is no id")
    return text.strip()


def read_ids(values: object) -> tuple[str, ...]:
    """A list of ids, not longer than an outfit may be."""
    return tuple(read_id(value) for value in bounded_list(values))


def bounded_list(values: object) -> list:
    """A list of at most MAX_ITEMS values."""
    if not isinstance(values, list):
        raise ValueError(f"a list expected, not {type(values).__name__}")
    if len(values) > MAX_ITEMS:
        raise ValueError(f"{len(values)} items; at most {MAX_ITEMS} are read")
    return values


def read_text(value: object) -> str:
    """A title or name; anything but a string counts as none."""
    return value.strip()[:1000] if isinstance(value, str) else ""


def read_label(value: object) -> int:
    """A label 0 or 1, as a number or a string."""
    text = str(value).strip()
    if isinstance(value, bool) or text not in ("0", "1"):
        raise ValueError(f"label {text[:20]!r} is neither 0 nor 1")
    return int(text)
