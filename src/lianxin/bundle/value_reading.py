"""The values that travel beside entries: read strictly, and each opened against the commitment it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lianxin.bundle.codes import Code
from lianxin.bundle.entry_rules import value_fits
from lianxin.bundle.journal_file import CarriedValue
from lianxin.bundle.limits import Limits
from lianxin.bundle.line_reading import bad_line, strict_lines
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.scope import Scope
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import NotCanonical, parse_canonical
from lianxin.domain.journal import Entry, EntryId
from lianxin.domain.streams import BadStream
from lianxin.domain.values import SALT_BYTES, Kept, commitment_to

_WHAT = "隐去的内容"
_KEYS = frozenset(["stream", "counter", "field", "salt", "value"])
_HEAD = re.compile(rb'\{"counter":[0-9]+,"field":"(?:[^"\\]|\\.)*","salt":"[0-9a-f]*","stream":"([^"\\]*)"')
_SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}")
# Withheld fields of one entry are few; a bound keeps a file of values as bounded as the journal.
_MOST_FIELDS = 16


def read_values(
    chunks: Iterable[bytes], manifest: Manifest, scope: Scope, limits: Limits, *, before_line: int = 0
) -> Iterator[CarriedValue]:
    """Yield the carried values, each once, in the order of stream, counter and field. Raises Refused (E313, E604).

    `before_line` is the number of lines before the first chunk.
    """
    before: tuple[str, int, str] | None = None
    known: set[str] = set()
    for number, line in enumerate(_lines(chunks, limits), before_line + 1):
        value = _value(line, number)
        stream, counter = value.entry
        if stream not in known:
            _check_owner(scope, stream, number)
            known.add(stream)
        told = manifest.entries.get(stream)
        if told is not None and counter > told.last:
            raise bad_line(_WHAT, number, "没有对应的记录")
        place = (stream, counter, value.field)
        if before is not None and place <= before:
            raise bad_line(_WHAT, number, "次序不对")
        before = place
        yield value


def section_starts(chunks: Iterable[bytes], limits: Limits) -> dict[str, tuple[int, int]]:
    """Stream → byte and line at which its values begin, by a quick look. Raises Refused (E604).

    The lines themselves are read when their section is.
    """
    found: dict[str, tuple[int, int]] = {}
    start, last = 0, ""
    for number, line in enumerate(_lines(chunks, limits)):
        head = _HEAD.match(line)
        if head is None:
            raise bad_line(_WHAT, number + 1)
        stream = head[1].decode("utf-8", "replace")
        if stream != last:
            if stream < last:
                raise bad_line(_WHAT, number + 1, "次序不对")
            found[stream] = (start, number)
            last = stream
        start += len(line) + 1
    return found


def _lines(chunks: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    most = limits.journal_entries * _MOST_FIELDS
    return strict_lines(chunks, what=_WHAT, longest=limits.line_size, most=most)


def _value(line: bytes, number: int) -> CarriedValue:
    try:
        told = parse_canonical(line)
    except NotCanonical:
        raise bad_line(_WHAT, number) from None
    if not isinstance(told, dict) or told.keys() != _KEYS:
        raise bad_line(_WHAT, number)
    stream, counter, name, salt = told["stream"], told["counter"], told["field"], told["salt"]
    value = told["value"]
    if not (isinstance(stream, str) and isinstance(name, str) and name and isinstance(salt, str)):
        raise bad_line(_WHAT, number)
    if isinstance(counter, bool) or not isinstance(counter, int) or counter < 1 or not _SALT.fullmatch(salt):
        raise bad_line(_WHAT, number)
    if not (value is None or isinstance(value, str | int)):
        raise bad_line(_WHAT, number)
    return CarriedValue(EntryId(stream, counter), name, Kept(salt, value))


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

    def __init__(self, sections: Iterable[str], section: Callable[[str], Iterator[CarriedValue]]) -> None:
        self._unread, self._section = set(sections), section
        self._open: dict[str, tuple[Iterator[CarriedValue], CarriedValue | None]] = {}

    def check(self, entry: Entry) -> None:
        """Every value carried for this entry opens one of its commitments (else E604)."""
        opened = self._open.get(entry.stream)
        if opened is None:
            if entry.stream not in self._unread:
                return
            opened = self._begun(entry.stream)
        values, value = opened
        while value is not None and value.entry.counter <= entry.counter:
            # Lower ones belong to entries carried before; whoever keeps those compares them.
            if value.entry.counter == entry.counter:
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

    def _begun(self, stream: str) -> tuple[Iterator[CarriedValue], CarriedValue | None]:
        self._unread.discard(stream)
        values = self._section(stream)
        return values, next(values, None)


def _check_opening(entry: Entry, value: CarriedValue) -> None:
    write = entry.fields.get(value.field)
    place = f"{_WHAT}，{entry.kind} 的 {value.field[:40]}"
    if write is None or write.commitment is None or commitment_to(value.kept) != write.commitment:
        raise Refused(Code.BAD_ENTRY, f"{place} 与记录对不上")
    if not value_fits(entry, value.field, value.kept.value):
        raise Refused(Code.BAD_ENTRY, f"{place} 类型不对")
