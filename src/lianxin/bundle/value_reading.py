"""The values that travel beside entries: read strictly, and each opened against the commitment it belongs to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf

from msgspec import UNSET

from lianxin.bundle.carried_lines import (
    CarriedLine,
    CarriedOpening,
    is_digest,
    ordinary_openings,
    read_opening,
    wire_bytes,
)
from lianxin.bundle.codes import Code
from lianxin.bundle.entry_rules import value_fits
from lianxin.bundle.limits import Limits
from lianxin.bundle.line_reading import bad_line, strict_blocks
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.scope import Scope
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import NotCanonical
from lianxin.domain.streams import BadStream

_WHAT = "隐去的内容"
_HEAD = re.compile(rb'\{"counter":[0-9]+,"field":"(?:[^"\\]|\\.)*","salt":"[0-9a-f]*","stream":"([^"\\]*)"')
# Withheld fields of one entry are few; a bound keeps a file of values as bounded as the journal.
_MOST_FIELDS = 16


def read_values(
    chunks: Iterable[bytes], manifest: Manifest, scope: Scope, limits: Limits, *, before_line: int = 0
) -> Iterator[CarriedOpening]:
    """Yield the carried values, each once, in the order of stream, counter and field. Raises Refused (E313, E604).

    `before_line` is the number of lines before the first chunk.
    """
    before = ("", 0, "")
    # Per stream the last counter a value may belong to.
    known: dict[str, float] = {}
    for number, value in _values(chunks, limits, before_line):
        if not is_digest(value.salt):
            raise bad_line(_WHAT, number)
        stream, counter = value.stream, value.counter
        last = known.get(stream)
        if last is None:
            _check_owner(scope, stream, number)
            told = manifest.entries.get(stream)
            last = known[stream] = inf if told is None else told.last
        if counter > last:
            raise bad_line(_WHAT, number, "没有对应的记录")
        place = (stream, counter, value.field)
        if place <= before:
            raise bad_line(_WHAT, number, "次序不对")
        before = place
        yield value


@dataclass
class Section:
    """Where the values of one stream stand: the byte they begin at, the lines before them, how many they are."""

    start: int
    before: int
    lines: int = 0


def sections_of(chunks: Iterable[bytes], limits: Limits) -> dict[str, Section]:
    """Stream → where its values stand, by a quick look. Raises Refused (E604).

    The lines themselves are read when their section is; one that is then found to be of another stream is refused.
    """
    found: dict[str, Section] = {}
    at, number, last = 0, 0, ""
    for _before, lines, block in _blocks(chunks, limits):
        # In a file in order, what begins and ends with one stream is all of it.
        alike = _stream_at(lines[0], number) == _stream_at(lines[-1], number)
        for part, count in [(block[:-1], len(lines))] if alike else [(line, 1) for line in lines]:
            stream = _stream_at(part, number)
            if stream < last:
                raise bad_line(_WHAT, number + 1, "次序不对")
            last = stream
            found.setdefault(stream, Section(at, number)).lines += count
            number += count
            at += len(part) + 1
    return found


def _stream_at(block: bytes, number: int) -> str:
    head = _HEAD.match(block)
    if head is None:
        raise bad_line(_WHAT, number + 1)
    return head[1].decode("utf-8", "replace")


def read_section(
    chunks: Iterable[bytes], section: Section, name: str, manifest: Manifest, scope: Scope, limits: Limits
) -> Iterator[CarriedOpening]:
    """Yield the values of one stream; `chunks` begin where its section does. Raises Refused (E313, E604)."""
    values = read_values(chunks, manifest, scope, limits, before_line=section.before)
    for number, value in enumerate(islice(values, section.lines), section.before + 1):
        if value.stream != name:
            raise bad_line(_WHAT, number, "次序不对")
        yield value


def _blocks(chunks: Iterable[bytes], limits: Limits) -> Iterator[tuple[int, list[bytes], bytes]]:
    most = limits.journal_entries * _MOST_FIELDS
    return strict_blocks(chunks, what=_WHAT, longest=limits.line_size, most=most)


def _values(
    chunks: Iterable[bytes], limits: Limits, before_line: int
) -> Iterator[tuple[int, CarriedOpening]]:
    for before, lines, block in _blocks(chunks, limits):
        first = before_line + before + 1
        quick = ordinary_openings(block)
        yield from enumerate(_parsed(lines, first) if quick is None else quick, first)


def _parsed(lines: Iterable[bytes], first: int) -> Iterator[CarriedOpening]:
    for number, line in enumerate(lines, first):
        try:
            yield read_opening(line)
        except NotCanonical:
            raise bad_line(_WHAT, number) from None


def _check_owner(scope: Scope, stream: str, number: int) -> None:
    try:
        scope.check_carried(stream)
    except BadStream:
        raise bad_line(_WHAT, number, "账名不规范") from None


class Openings:
    """Goes along the entries and the values at once: both stand in counter order within a stream.

    `sections` are the streams that have values, `section` gives the values of one from its beginning; only one
    value of each stream is held.
    """

    def __init__(self, sections: Iterable[str], section: Callable[[str], Iterator[CarriedOpening]]) -> None:
        self._unread, self._section = set(sections), section
        self._open: dict[str, tuple[Iterator[CarriedOpening], CarriedOpening | None]] = {}

    def check(self, entry: CarriedLine) -> None:
        """Every value carried for this entry opens one of its commitments (else E604)."""
        opened = self._open.get(entry.stream)
        if opened is None:
            if entry.stream not in self._unread:
                return
            opened = self._begun(entry.stream)
        values, value = opened
        while value is not None and value.counter <= entry.counter:
            # Lower ones belong to entries carried before; whoever keeps those compares them.
            if value.counter == entry.counter:
                _check_opening(entry, value)
            value = next(values, None)
        self._open[entry.stream] = (values, value)

    def finish(self) -> None:
        """Read whatever belongs to no entry of this bundle: its own rules hold for it too."""
        for stream in sorted(self._unread):
            self._open[stream] = self._begun(stream)
        for values, _value_at_hand in self._open.values():
            for _ in values:
                pass

    def _begun(self, stream: str) -> tuple[Iterator[CarriedOpening], CarriedOpening | None]:
        self._unread.discard(stream)
        values = self._section(stream)
        return values, next(values, None)


def _check_opening(entry: CarriedLine, value: CarriedOpening) -> None:
    write = entry.fields.get(value.field)
    if write is None or write.commitment is UNSET or not _opens(value, write.commitment):
        raise _no_opening(entry, value, "与记录对不上")
    if not value_fits(entry, value.field, value.value):
        raise _no_opening(entry, value, "类型不对")


def _opens(told: CarriedOpening, commitment: str) -> bool:
    """`domain.values.commitment_to`, for salt and value whose form was looked at when their line was read."""
    return hashlib.sha256(bytes.fromhex(told.salt) + wire_bytes(told.value)).hexdigest() == commitment


def _no_opening(entry: CarriedLine, value: CarriedOpening, why: str) -> Refused:
    return Refused(Code.BAD_ENTRY, f"{_WHAT}，{entry.kind} 的 {value.field[:40]} {why}")
