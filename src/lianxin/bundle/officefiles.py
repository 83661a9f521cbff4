"""Look into Word and Excel files before anybody opens them: macros, links elsewhere, embedded objects, bombs."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from lianxin.bundle.codes import Code
from lianxin.bundle.filetypes import Content
from lianxin.bundle.limits import Limits
from lianxin.bundle.officeparts import PartFault, check_part, media_types
from lianxin.bundle.opening import OpenedZip
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.zipshape import DEFLATED, LOCAL_MARK, STORED, ZipEntry

_MAIN_PART = {Content.WORD: "word/document.xml", Content.EXCEL: "xl/workbook.xml"}
_MAIN_TYPE = {
    Content.WORD: "wordprocessingml.document.main+xml",
    Content.EXCEL: "spreadsheetml.sheet.main+xml",
}
_TYPES_PART = "[Content_Types].xml"
_ACTIVE_PART = re.compile(
    r"vba|macro|activex|embeddings/|oleobject|externallink|ctrlprops/|webextension|xl/connections|querytables/"
    r"|customui|attachedtoolbars|dialogsheets/|afchunk|\.(bin|exe|dll|com|scr|js|vbs|ps1|html?|mht|rtf|swf|lnk)$",
    re.IGNORECASE,
)
# What Excel keeps of a chosen printer: plain settings, never run.
_HARMLESS_PART = re.compile(r"xl/printerSettings/printerSettings\d+\.bin", re.IGNORECASE)
_PICTURE_OR_FONT = (
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".ttf", ".odttf", ".fntdata", ".bin",
)  # fmt: skip
_ACTIVE_TYPE = re.compile(
    r"vba|activex|oleobject|externallink|macrosheet|customui|connections\+xml|querytable|webextension"
    r"|x-msdownload|javascript|text/html|message/rfc822|application/rtf|application/msword$|ms-excel$",
    re.IGNORECASE,
)
_LOCAL_LENGTHS = struct.Struct("<4s22xHH")


def check_office_file(stream: BinaryIO, content: Content, name: str, limits: Limits) -> None:
    """Read one .docx or .xlsx from a seekable stream. Raises Refused: E402, E403 or E404, with `name`."""
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Refused(Code.MAGIC, name) from None
    _check_sizes(parts, name, limits)
    _check_names([part.filename for part in parts], content, name)
    reader = _Package(stream, parts)
    try:
        _check_types(reader, content, name)
        for part in parts:
            if part.filename.lower().endswith(_PICTURE_OR_FONT):
                for _chunk in reader.chunks(part.filename):
                    pass
            elif not part.is_dir():
                check_part(part.filename, partial(reader.chunks, part.filename))
    except PartFault as fault:
        code = Code.ACTIVE_CONTENT if fault.active else Code.MAGIC
        raise Refused(code, f"{name}：{fault.what}") from None


class _Package:
    """The parts of one Office file, read with the same strict unpacking as the bundle itself."""

    def __init__(self, stream: BinaryIO, parts: list[zipfile.ZipInfo]) -> None:
        self._archive = OpenedZip(stream, ())
        self._parts = {part.filename: part for part in parts}

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked part; a size that lies ends in PartFault."""
        part = self._parts[name]
        stream = self._archive.stream
        if part.header_offset < 0:
            # A directory that begins before the file does.
            raise PartFault("内容不完整", active=False)
        stream.seek(part.header_offset)
        header = stream.read(_LOCAL_LENGTHS.size)
        if len(header) != _LOCAL_LENGTHS.size:
            raise PartFault("内容不完整", active=False)
        mark, name_length, extra_length = _LOCAL_LENGTHS.unpack(header)
        raw_name = stream.read(name_length)
        if mark != LOCAL_MARK or raw_name not in _spellings(part):
            raise PartFault("内容前后不一", active=False)
        entry = ZipEntry(
            name=name,
            method=part.compress_type,
            crc=part.CRC,
            packed_size=part.compress_size,
            size=part.file_size,
            start=part.header_offset + _LOCAL_LENGTHS.size + name_length + extra_length,
        )
        try:
            yield from self._archive.chunks(entry)
        except Refused:
            raise PartFault("内容损坏或大小不实", active=False) from None


def _spellings(part: zipfile.ZipInfo) -> tuple[bytes, ...]:
    encoding = "utf-8" if part.flag_bits & 0x800 else "cp437"
    return (part.orig_filename.encode(encoding, "replace"),)


def _check_sizes(parts: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if len(parts) > limits.office_parts or sum(p.file_size for p in parts) > limits.office_unpacked_size:
        raise Refused(Code.OFFICE_BOMB, name)
    for part in parts:
        bomb = part.file_size > limits.ratio_from and part.file_size > part.compress_size * limits.ratio
        if bomb or part.file_size > limits.office_part_size:
            raise Refused(Code.OFFICE_BOMB, name)
        if part.flag_bits & 1 or part.compress_type not in (STORED, DEFLATED):
            raise Refused(Code.MAGIC, name)


def _check_names(names: list[str], content: Content, name: str) -> None:
    if len({part.casefold() for part in names}) != len(names):
        raise Refused(Code.MAGIC, name)
    if _TYPES_PART not in names or _MAIN_PART[content] not in names:
        raise Refused(Code.MAGIC, name)
    for part in names:
        if _ACTIVE_PART.search(part) and not _HARMLESS_PART.fullmatch(part):
            raise Refused(Code.ACTIVE_CONTENT, f"{name}：{part[:80]}")


def _check_types(reader: _Package, content: Content, name: str) -> None:
    types = media_types(lambda: reader.chunks(_TYPES_PART))
    active = [media_type for media_type in types if _ACTIVE_TYPE.search(media_type)]
    if active or any("macroenabled" in media_type.lower() for media_type in types):
        raise Refused(Code.ACTIVE_CONTENT, name)
    if not any(_MAIN_TYPE[content] in media_type for media_type in types):
        raise Refused(Code.MAGIC, name)
