"""The values that travel beside entries: read strictly, and each opened against the commitment it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lianxin.bundle.codes import Code
from lianxin.bundle.entry_rules import value_fits
from lianxin.bundle.journal_file import CarriedValue
from lianxin.bundle.limits import Limits
from lianxin.bundle.line_reading import bad_line, strict_lines
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.scope import Scope
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import JsonValue, NotCanonical, canonical, parse_strict
from lianxin.domain.journal import Entry, EntryId
from lianxin.domain.streams import BadStream
from lianxin.domain.values import BadSalt, Kept, commitment_to

_WHAT = "隐去的内容"
_KEYS = frozenset(["stream", "counter", "field", "salt", "value"])
# Withheld fields of one entry are few; a bound keeps a file of values as bounded as the journal.
_MOST_FIELDS = 16


def read_values(
    chunks: Iterable[bytes], manifest: Manifest, scope: Scope, limits: Limits
) -> Iterator[tuple[CarriedValue, int]]:
    """Yield the carried values with the byte at which each begins. Raises Refused (E313, E604).

    Each stands once, in the order of stream, counter and field.
    """
    before: tuple[str, int, str] | None = None
    known: set[str] = set()
    most = limits.journal_entries * _MOST_FIELDS
    lines = strict_lines(chunks, what=_WHAT, longest=limits.line_size, most=most)
    start = 0
    for number, line in enumerate(lines, 1):
        value = _value(line, number)
        if value.entry.stream not in known:
            _check_owner(scope, value.entry.stream, number)
            known.add(value.entry.stream)
        told = manifest.entries.get(value.entry.stream)
        if told is not None and value.entry.counter > told.last:
            raise bad_line(_WHAT, number, "没有对应的记录")
        if before is not None and value.place <= before:
            raise bad_line(_WHAT, number, "次序不对")
        before = value.place
        yield value, start
        start += len(line) + 1


def _value(line: bytes, number: int) -> CarriedValue:
    try:
        told = parse_strict(line)
        if canonical(told) != line or not isinstance(told, dict) or set(told) != _KEYS:
            raise bad_line(_WHAT, number)
    except NotCanonical:
        raise bad_line(_WHAT, number) from None
    stream, counter, name, salt = told["stream"], told["counter"], told["field"], told["salt"]
    if not (isinstance(stream, str) and isinstance(name, str) and name and isinstance(salt, str)):
        raise bad_line(_WHAT, number)
    if isinstance(counter, bool) or not isinstance(counter, int) or counter < 1:
        raise bad_line(_WHAT, number)
    return CarriedValue(EntryId(stream, counter), name, _kept(salt, told["value"], number))


def _kept(salt: str, value: JsonValue, number: int) -> Kept:
    if not (value is None or isinstance(value, str | int)):
        raise bad_line(_WHAT, number)
    kept = Kept(salt, value)
    try:
        commitment_to(kept)
    except BadSalt:
        raise bad_line(_WHAT, number) from None
    return kept


def _check_owner(scope: Scope, stream: str, number: int) -> None:
    try:
        scope.check_carried(stream)
    except BadStream:
        raise bad_line(_WHAT, number, "账名不规范") from None


class Openings:
    """Goes along the entries and the values at once: both stand in counter order within a stream.

    `sections` gives the values of one stream from its beginning; only one value of each stream is held.
    """

    def __init__(self, sections: Callable[[str], Iterator[CarriedValue]]) -> None:
        self._sections = sections
        self._open: dict[str, tuple[Iterator[CarriedValue], CarriedValue | None]] = {}

    def check(self, entry: Entry) -> None:
        """Every value carried for this entry opens one of its commitments (else E604)."""
        values, value = self._open.get(entry.stream) or self._begun(entry.stream)
        while value is not None and value.entry.counter <= entry.counter:
            # Lower ones belong to entries carried before; whoever keeps those compares them.
            if value.entry.counter == entry.counter:
                _check_opening(entry, value)
            value = next(values, None)
        self._open[entry.stream] = (values, value)

    def _begun(self, stream: str) -> tuple[Iterator[CarriedValue], CarriedValue | None]:
        values = self._sections(stream)
        return values, next(values, None)


def _check_opening(entry: Entry, value: CarriedValue) -> None:
    write = entry.fields.get(value.field)
    place = f"{_WHAT}，{entry.kind} 的 {value.field[:40]}"
    if write is None or write.commitment is None or commitment_to(value.kept) != write.commitment:
        raise Refused(Code.BAD_ENTRY, f"{place} 与记录对不上")
    if not value_fits(entry, value.field, value.kept.value):
        raise Refused(Code.BAD_ENTRY, f"{place} 类型不对")
