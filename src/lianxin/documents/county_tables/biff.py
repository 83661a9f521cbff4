"""Workbooks of Excel 97–2003 as records ([MS-XLS]): values put into cells, every other record left as it was.

Reading such a file and writing it anew would lose its formulas, print settings and pictures; so only the records of the
cells that are filled change, and what counts places in the file: where each sheet begins, and the list of shared texts.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

Place = tuple[int, int]
"""Row and column, from 0."""

_BOF, _EOF, _CONTINUE, _BOUNDSHEET, _SST, _EXTSST = 0x0809, 0x000A, 0x003C, 0x0085, 0x00FC, 0x00FF
_INDEX, _DBCELL, _DIMENSIONS, _ROW, _RECALC = 0x020B, 0x00D7, 0x0200, 0x0208, 0x01C1
_FORMULA, _NUMBER, _LABEL_SHARED, _BLANK, _MULTIPLE_BLANK = 0x0006, 0x0203, 0x00FD, 0x0201, 0x00BE
_ONE_CELL = frozenset({_FORMULA, _NUMBER, _LABEL_SHARED, _BLANK, 0x0204, 0x0205, 0x027E, 0x00D6})
_MANY_CELLS = frozenset({_MULTIPLE_BLANK, 0x00BD})
_OF_CELL_BEFORE = frozenset({0x0207, 0x0221, 0x04BC, 0x0236})
"""Result, array, shared formula and table of the formula before them."""
_ONLY_QUICKER = frozenset({_INDEX, _DBCELL, _EXTSST})
"""Tables of places that would be wrong now; readers do without."""
_ENCRYPTED = 0x002F
_MOST = 8224
_ALWAYS, _ON_LOAD = 1, 2
_VERSION_8 = 0x0600


class NotBiff(ValueError):
    """The stream is none of Excel 97–2003, is encrypted, or ends in the middle."""


@dataclass(frozen=True)
class Put:
    """A value for a cell and the number of the cell's format."""

    value: int | float | str
    form: int


@dataclass(frozen=True)
class _Record:
    kind: int
    data: bytes

    def packed(self) -> bytes:
        return struct.pack("<HH", self.kind, len(self.data)) + self.data

    @property
    def cell(self) -> Place | None:
        """The place of the first cell it holds; None for what is no cell."""
        if self.kind not in _ONE_CELL | _MANY_CELLS:
            return None
        row, column = struct.unpack_from("<HH", self.data)
        return int(row), int(column)


def stream_filled(stream: bytes, sheets: Mapping[str, Mapping[Place, Put]]) -> bytes:
    """The stream with these values in the sheets of these names; formulas are counted anew when it is opened.

    Raises NotBiff.
    """
    parts = dict(_parts(stream))
    starts = list(parts)
    head = parts[starts[0]]
    if any(record.kind == _ENCRYPTED for record in head):
        raise NotBiff
    begins = {_sheet_name(record.data): _start(record) for record in head if record.kind == _BOUNDSHEET}
    words = list(
        dict.fromkeys(
            put.value for cells in sheets.values() for put in cells.values() if isinstance(put.value, str)
        )
    )
    known = _known_texts(head)
    texts = {word: known + at for at, word in enumerate(words)}
    for name, cells in sheets.items():
        if name not in begins or begins[name] not in parts:
            raise NotBiff
        parts[begins[name]] = list(_sheet_filled(parts[begins[name]], cells, texts))
    parts[starts[0]] = list(_head_with_texts(head, words))
    return _laid_out(parts)


def _parts(stream: bytes) -> Iterator[tuple[int, list[_Record]]]:
    """Where each part begins, with its records: first what is common to all sheets, then each sheet."""
    at, depth, begun = 0, 0, 0
    found: list[_Record] = []
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if not depth and kind != _BOF:
            break
        record = _Record(kind, stream[at + 4 : at + 4 + length])
        if len(record.data) < length:
            raise NotBiff
        if not depth:
            begun, found = at, []
            if struct.unpack_from("<H", record.data)[0] != _VERSION_8:
                raise NotBiff
        found.append(record)
        depth += (kind == _BOF) - (kind == _EOF)
        at += 4 + length
        if not depth:
            yield begun, found
    if depth or not found:
        raise NotBiff


def _laid_out(parts: Mapping[int, Sequence[_Record]]) -> bytes:
    """All parts behind each other, and each sheet told where it begins now."""
    packed = {
        start: b"".join(record.packed() for record in records if record.kind not in _ONLY_QUICKER)
        for start, records in parts.items()
    }
    moved, at = {}, 0
    for start, content in packed.items():
        moved[start] = at
        at += len(content)
    first = next(iter(parts))
    head = [
        replace(record, data=struct.pack("<I", moved[_start(record)]) + record.data[4:])
        if record.kind == _BOUNDSHEET and _start(record) in moved
        else record
        for record in parts[first]
        if record.kind not in _ONLY_QUICKER
    ]
    packed[first] = b"".join(record.packed() for record in head)
    return b"".join(packed.values())


def _sheet_filled(
    records: Sequence[_Record], cells: Mapping[Place, Put], texts: Mapping[str, int]
) -> Iterator[_Record]:
    """The records of a sheet with the cells put where their order wants them."""
    waiting = sorted(cells)
    last_of_cells = max(
        (
            at
            for at, (record, depth) in enumerate(_with_depth(records))
            if depth == 1 and _about_cells(record)
        ),
        default=0,
    )
    for at, (record, depth) in enumerate(_with_depth(records)):
        if depth != 1:
            yield record
            continue
        if record.kind == _DIMENSIONS and waiting:
            record = _wide_enough(record, waiting)
        if record.kind == _FORMULA:
            flags = struct.unpack_from("<H", record.data, 14)[0] | _ALWAYS | _ON_LOAD
            record = replace(record, data=record.data[:14] + struct.pack("<H", flags) + record.data[16:])
        for piece in _pieces(record, cells):
            place = piece.cell
            while place is not None and waiting and waiting[0] <= place:
                yield _cell_record(waiting[0], cells[waiting[0]], texts)
                waiting.pop(0)
            if place is None or place not in cells:
                yield piece
        if at == last_of_cells:
            yield from (_cell_record(place, cells[place], texts) for place in waiting)
            waiting = []


def _with_depth(records: Sequence[_Record]) -> Iterator[tuple[_Record, int]]:
    """Each record with how deep it stands: 1 in the sheet itself, more within a chart of it."""
    depth = 0
    for record in records:
        depth += record.kind == _BOF
        yield record, depth
        depth -= record.kind == _EOF


def _about_cells(record: _Record) -> bool:
    return record.cell is not None or record.kind in _OF_CELL_BEFORE | {_ROW, _DIMENSIONS}


def _pieces(record: _Record, cells: Mapping[Place, Put]) -> Iterator[_Record]:
    """The record, one of many empty cells divided where one of them is filled."""
    first = record.cell
    if record.kind != _MULTIPLE_BLANK or first is None:
        yield record
        return
    row, column = first
    forms = struct.unpack(f"<{(len(record.data) - 6) // 2}H", record.data[4:-2])
    if not any((row, column + at) in cells for at in range(len(forms))):
        yield record
        return
    for at, form in enumerate(forms):
        yield _Record(_BLANK, struct.pack("<HHH", row, column + at, form))


def _cell_record(place: Place, put: Put, texts: Mapping[str, int]) -> _Record:
    front = struct.pack("<HHH", *place, put.form)
    if isinstance(put.value, str):
        return _Record(_LABEL_SHARED, front + struct.pack("<I", texts[put.value]))
    return _Record(_NUMBER, front + struct.pack("<d", put.value))


def _wide_enough(record: _Record, places: Sequence[Place]) -> _Record:
    top, bottom, left, right = struct.unpack_from("<IIHH", record.data)
    rows, columns = [row for row, _ in places], [column for _, column in places]
    area = (
        min(top, *rows),
        max(bottom, max(rows) + 1),
        min(left, *columns),
        max(right, max(columns) + 1),
    )
    return replace(record, data=struct.pack("<IIHH", *area) + record.data[12:])


def _known_texts(head: Sequence[_Record]) -> int:
    found = next((record for record in head if record.kind == _SST), None)
    return int(struct.unpack_from("<I", found.data, 4)[0]) if found is not None else 0


def _head_with_texts(head: Sequence[_Record], words: Sequence[str]) -> Iterator[_Record]:
    """What is common to all sheets, with further shared texts behind those that are there."""
    more = [_shared_text(word) for word in words]
    within, placed = False, False
    for at, record in enumerate(head):
        if record.kind == _SST:
            total, unique = struct.unpack_from("<II", record.data)
            counts = struct.pack("<II", total + len(words), unique + len(words))
            record, within = replace(record, data=counts + record.data[8:]), True
        elif record.kind == _EOF and not placed and more:
            yield from _grown(_Record(_SST, struct.pack("<II", len(words), len(words))), more)
        if record.kind == _RECALC:
            record = replace(record, data=record.data[:-4] + bytes(4))
        if within and (at + 1 == len(head) or head[at + 1].kind != _CONTINUE):
            yield from _grown(record, more)
            within, placed = False, True
        else:
            yield record


def _grown(record: _Record, texts: Sequence[bytes]) -> Iterator[_Record]:
    """The record with texts added, and as many that continue it as they need; none is torn."""
    for text in texts:
        if len(record.data) + len(text) > _MOST:
            yield record
            record = _Record(_CONTINUE, b"")
        record = replace(record, data=record.data + text)
    yield record


def _shared_text(word: str) -> bytes:
    coded = word.encode("utf-16-le")
    return struct.pack("<HB", len(coded) // 2, 1) + coded


def _start(record: _Record) -> int:
    return int(struct.unpack_from("<I", record.data)[0])


def _sheet_name(data: bytes) -> str:
    length, wide = data[6], data[7] & 1
    return data[8 : 8 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1")
