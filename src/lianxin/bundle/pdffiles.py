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
    position, kept = 0, b""
    while chunk := stream.read(_CHUNK):
        window = kept + chunk
        if _ACTIVE.search(window):
            raise Refused(Code.ACTIVE_CONTENT, name)
        if _ENCRYPTED.search(window):
            raise Refused(Code.MAGIC, f"{name}，PDF 已加密，无法检查")
        position += len(chunk)
        for found in _OBJECT_STREAM.finditer(window):
            _check_packed(stream, position - len(window) + found.start(), name)
        stream.seek(position)
        kept = window[-_OVERLAP:]


def _check_packed(stream: BinaryIO, start: int, name: str) -> None:
    """Unpack one object stream and scan it; one that cannot be unpacked cannot be trusted either."""
    stream.seek(start)
    head = stream.read(_OVERLAP)
    begin = _STREAM.search(head)
    if begin is None:
        raise Refused(Code.MAGIC, f"{name}，PDF 内容无法检查")
    stream.seek(start + begin.end())
    try:
        packed = stream.read(_UNPACKED)
        unpacked = zlib.decompressobj().decompress(packed, _UNPACKED)
    except zlib.error:
        raise Refused(Code.MAGIC, f"{name}，PDF 内容无法检查") from None
    if _ACTIVE.search(unpacked):
        raise Refused(Code.ACTIVE_CONTENT, name)
