"""Look into PDF files for what acts by itself: scripts, started programs, attached files, forms that send."""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

from lianxin.bundle.codes import Code
from lianxin.bundle.limits import KIB, MIB
from lianxin.bundle.verdicts import Refused

_CHUNK = 256 * KIB
_OVERLAP = 4 * KIB
_UNPACKED = 16 * MIB
# All packed objects of one file together; whoever needs more wants to keep us busy.
_MOST_UNPACKED = 256 * MIB
_NAMES = (
    "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData",
    "GoToE", "GoToR", "Rendition", "XFA", "AcroJS",
)  # fmt: skip
_END_OF_NAME = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"


def _spelled(name: str) -> bytes:
    """Match a PDF name however it is spelled: each letter may be written as #hh."""
    letters = [f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name]
    return "".join(letters).encode("ascii")


_ACTIVE = re.compile(rb"/(?:" + b"|".join(_spelled(name) for name in _NAMES) + rb")" + _END_OF_NAME)
_ENCRYPTED = re.compile(rb"/" + _spelled("Encrypt") + _END_OF_NAME)
_OBJECT_STREAM = re.compile(rb"/" + _spelled("ObjStm") + _END_OF_NAME)
_STREAM = re.compile(rb"stream\r?\n")


def check_pdf_file(stream: BinaryIO, name: str) -> None:
    """Scan a PDF by stream, packed objects too. Raises Refused: E403 for active content, E402 when encrypted."""
    position, kept, left = 0, b"", _MOST_UNPACKED
    while chunk := stream.read(_CHUNK):
        window = kept + chunk
        if _ACTIVE.search(window):
            raise Refused(Code.ACTIVE_CONTENT, name)
        if _ENCRYPTED.search(window):
            raise Refused(Code.MAGIC, f"{name}，PDF 已加密，无法检查")
        position += len(chunk)
        for found in _OBJECT_STREAM.finditer(window):
            left -= _check_packed(stream, position - len(window) + found.start(), name)
            if left < 0:
                raise Refused(Code.MAGIC, f"{name}，PDF 内容无法检查")
        stream.seek(position)
        kept = window[-_OVERLAP:]


def _check_packed(stream: BinaryIO, start: int, name: str) -> int:
    """Unpack one object stream and scan it; one that cannot be unpacked whole cannot be trusted either.

    Returns how many bytes were read and unpacked.
    """
    stream.seek(start)
    head = stream.read(_OVERLAP)
    begin = _STREAM.search(head)
    if begin is None:
        raise Refused(Code.MAGIC, f"{name}，PDF 内容无法检查")
    stream.seek(start + begin.end())
    unpacker, parts, size = zlib.decompressobj(), [], len(head)
    try:
        while not unpacker.eof:
            packed = unpacker.unconsumed_tail or stream.read(_OVERLAP)
            parts.append(unpacker.decompress(packed, _UNPACKED))
            size += len(packed) - len(unpacker.unconsumed_tail) + len(parts[-1])
            if not packed or size > _UNPACKED:
                raise Refused(Code.MAGIC, f"{name}，PDF 内容无法检查")
    except zlib.error:
        raise Refused(Code.MAGIC, f"{name}，PDF 内容无法检查") from None
    if _ACTIVE.search(b"".join(parts)):
        raise Refused(Code.ACTIVE_CONTENT, name)
    return size
