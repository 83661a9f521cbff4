"""Read the directory of a ZIP and refuse everything in which two programs could see different content.

`zipfile` hands out lying sizes, duplicates and hidden data unchanged, so the records are read here: the local
headers must say exactly what the central directory says, entries must touch each other from byte 0 to the
directory, and the directory must end the file.
"""

from __future__ import annotations

import os
import stat
import struct
from dataclasses import dataclass
from typing import BinaryIO

from lianxin.bundle.codes import Code
from lianxin.bundle.limits import KIB, Limits
from lianxin.bundle.paths import first_clash, path_fault
from lianxin.bundle.verdicts import Refused

STORED, DEFLATED = 0, 8
UTF8_NAMES = 0x0800
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_SYSTEM_DOS, _SYSTEM_UNIX = 0, 3
_DOS_DIRECTORY_OR_LABEL = 0x18
_VERSIONS = (10, 20)
_LONGEST_COMMENT = 0xFFFF


@dataclass(frozen=True)
class ZipEntry:
    """One file of the archive: where its stored bytes begin, how many there are, and what they unpack to."""

    name: str
    method: int
    crc: int
    packed_size: int
    size: int
    start: int


@dataclass(frozen=True)
class _Central:
    """One central directory record; `shared` are the values the local header must repeat."""

    shared: tuple[int, ...]
    raw_name: bytes
    entry: ZipEntry
    header_offset: int


def read_zip_shape(stream: BinaryIO, limits: Limits) -> tuple[ZipEntry, ...]:
    """Return the entries of a ZIP in file order after every structural check. Raises Refused (E101 to E106)."""
    size = stream.seek(0, os.SEEK_END)
    if size > limits.zip_size:
        raise Refused(Code.TOO_BIG, f"超过 {limits.zip_size // KIB // KIB} MB")
    directory_start, count, directory = _read_directory(stream, size, limits)
    centrals = _parse_directory(directory, count)
    entries = _check_layout(stream, centrals, directory_start)
    _check_names(entries, limits)
    _check_sizes(entries, limits)
    return entries


def _read_directory(stream: BinaryIO, size: int, limits: Limits) -> tuple[int, int, bytes]:
    stream.seek(0)
    begins = stream.read(4)
    end = _end_record(stream, size)
    if end is None:
        raise _no_end(stream, size, begins)
    _mark, disk, first_disk, here, count, length, start, comment = end
    if disk or first_disk or here != count or comment:
        raise Refused(Code.ZIP_FEATURE, "分卷或带注释")
    if count > limits.entry_count:
        raise Refused(Code.TOO_BIG, f"超过 {limits.entry_count} 个文件")
    if start + length != size - _END.size:
        raise Refused(Code.ZIP_FEATURE, "目录前后有多余的内容")
    if length > limits.entry_count * (_CENTRAL.size + limits.path_characters * 4):
        raise Refused(Code.TOO_BIG, "目录过长")
    stream.seek(start)
    directory = stream.read(length)
    if len(directory) != length:
        raise Refused(Code.CORRUPT)
    return start, count, directory


def _end_record(stream: BinaryIO, size: int) -> tuple[bytes, int, int, int, int, int, int, int] | None:
    if size < _END.size:
        return None
    stream.seek(size - _END.size)
    data = stream.read(_END.size)
    if len(data) != _END.size or data[:4] != END_MARK:
        return None
    record: tuple[bytes, int, int, int, int, int, int, int] = _END.unpack(data)
    return record


def _no_end(stream: BinaryIO, size: int, begins: bytes) -> Refused:
    """Tell a file that never was a ZIP from one that was cut off and one with something behind it."""
    reach = min(size, _LONGEST_COMMENT + _END.size)
    stream.seek(size - reach)
    if _has_end_record(stream.read(reach), size - reach):
        return Refused(Code.ZIP_FEATURE, "末尾有注释或多余的内容")
    if begins == LOCAL_MARK:
        return Refused(Code.CORRUPT, "文件没有拷贝完整")
    return Refused(Code.NOT_ZIP, "" if size else "文件是空的")


def _has_end_record(tail: bytes, tail_start: int) -> bool:
    """Find an end record that fits its own place; those of Word and Excel files stored inside do not."""
    mark = tail.find(END_MARK)
    while 0 <= mark <= len(tail) - _END.size:
        length, start = _END.unpack_from(tail, mark)[5:7]
        if start + length == tail_start + mark:
            return True
        mark = tail.find(END_MARK, mark + 1)
    return False


def _parse_directory(directory: bytes, count: int) -> list[_Central]:
    centrals: list[_Central] = []
    position = 0
    for _ in range(count):
        if len(directory) - position < _CENTRAL.size:
            raise Refused(Code.ZIP_FEATURE, "目录不完整")
        record = _CENTRAL.unpack_from(directory, position)
        position += _CENTRAL.size
        name_length = record[10]
        raw_name = directory[position : position + name_length]
        if len(raw_name) != name_length:
            raise Refused(Code.ZIP_FEATURE, "目录不完整")
        position += name_length
        centrals.append(_central(record, raw_name))
    if position != len(directory):
        raise Refused(Code.ZIP_FEATURE, "目录里有多余的内容")
    return centrals


def _central(
    record: tuple[bytes, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int],
    raw_name: bytes,
) -> _Central:
    mark, made_by, needed, flags, method, time, date, crc, packed, size = record[:10]
    extra, comment, disk, _internal, external, offset = record[11:]
    if mark != CENTRAL_MARK:
        raise Refused(Code.ZIP_FEATURE, "目录不完整")
    if extra or comment or disk:
        raise Refused(Code.ZIP_FEATURE, "带有附加信息或注释")
    if flags & ~UTF8_NAMES:
        raise Refused(Code.ZIP_FEATURE, "加密，或用了不支持的写法")
    if method not in (STORED, DEFLATED) or needed not in _VERSIONS:
        raise Refused(Code.ZIP_FEATURE, "压缩方式不支持")
    if method == STORED and packed != size:
        raise Refused(Code.ZIP_FEATURE, "大小前后不一")
    name = _decoded(raw_name, flags)
    _refuse_all_but_files(name, made_by >> 8, external)
    entry = ZipEntry(
        name=name,
        method=method,
        crc=crc,
        packed_size=packed,
        size=size,
        start=offset + _LOCAL.size + len(raw_name),
    )
    shared = (needed, flags, method, time, date, crc, packed, size, len(raw_name), 0)
    return _Central(shared=shared, raw_name=raw_name, entry=entry, header_offset=offset)


def _decoded(raw_name: bytes, flags: int) -> str:
    if not flags & UTF8_NAMES and not raw_name.isascii():
        raise Refused(Code.ZIP_FEATURE, "文件名不是 UTF-8 编码")
    try:
        return raw_name.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(Code.PATH, "文件名读不出来") from None


def _refuse_all_but_files(name: str, system: int, external: int) -> None:
    if name.endswith("/") or external & _DOS_DIRECTORY_OR_LABEL:
        raise Refused(Code.ZIP_FEATURE, "里面有单独的文件夹条目")
    # Python on Windows says DOS and still writes the mode of a Unix file.
    plain = system in (_SYSTEM_DOS, _SYSTEM_UNIX) and stat.S_IFMT(external >> 16) in (0, stat.S_IFREG)
    if not plain:
        raise Refused(Code.ZIP_FEATURE, "里面有链接或特殊文件")


def _check_layout(stream: BinaryIO, centrals: list[_Central], directory_start: int) -> tuple[ZipEntry, ...]:
    """Walk the file from byte 0: header after header, nothing between, before or behind."""
    position = 0
    for central in centrals:
        if central.header_offset != position:
            raise Refused(Code.ZIP_FEATURE, "文件之间有空隙、重叠，或次序与目录不同")
        stream.seek(position)
        header = stream.read(_LOCAL.size + len(central.raw_name))
        if len(header) != _LOCAL.size + len(central.raw_name):
            raise Refused(Code.CORRUPT)
        local = _LOCAL.unpack_from(header)
        if local[0] != LOCAL_MARK or tuple(local[1:]) != central.shared:
            raise Refused(Code.ZIP_FEATURE, "文件头与目录不一致")
        if header[_LOCAL.size :] != central.raw_name:
            raise Refused(Code.ZIP_FEATURE, "文件头与目录不一致")
        position = central.entry.start + central.entry.packed_size
    if position != directory_start:
        raise Refused(Code.ZIP_FEATURE, "目录前有多余的内容")
    return tuple(central.entry for central in centrals)


def _check_names(entries: tuple[ZipEntry, ...], limits: Limits) -> None:
    for entry in entries:
        fault = path_fault(entry.name, longest=limits.path_characters)
        if fault is not None:
            raise Refused(Code.PATH, fault)
    clash = first_clash([entry.name for entry in entries])
    if clash is not None:
        raise Refused(Code.DUPLICATE, clash)


def _check_sizes(entries: tuple[ZipEntry, ...], limits: Limits) -> None:
    total = 0
    for entry in entries:
        total += entry.size
        if entry.size > limits.entry_size or total > limits.unpacked_size:
            raise Refused(Code.TOO_BIG, entry.name)
        if entry.size > limits.ratio_from and entry.size > entry.packed_size * limits.ratio:
            raise Refused(Code.TOO_BIG, entry.name)
