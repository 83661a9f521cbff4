"""Which files may travel, and whether their content is what the name says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

from lianxin.bundle.manifest import Role


class Content(Enum):
    """The family of formats a content check belongs to."""

    WORD = "word"
    EXCEL = "excel"
    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    LINES = "lines"
    PEM = "pem"
    JSON = "json"


@dataclass(frozen=True)
class FileType:
    """One allowed type: its media type, its family and the bytes it begins with (empty for text)."""

    media_type: str
    content: Content
    magic: bytes = b""


_OOXML = "application/vnd.openxmlformats-officedocument."
_DOCUMENTS = {
    "docx": FileType(_OOXML + "wordprocessingml.document", Content.WORD, b"PK\x03\x04"),
    "xlsx": FileType(_OOXML + "spreadsheetml.sheet", Content.EXCEL, b"PK\x03\x04"),
    "pdf": FileType("application/pdf", Content.PDF, b"%PDF-"),
    "png": FileType("image/png", Content.IMAGE, b"\x89PNG\r\n\x1a\n"),
    "jpg": FileType("image/jpeg", Content.IMAGE, b"\xff\xd8\xff"),
    "jpeg": FileType("image/jpeg", Content.IMAGE, b"\xff\xd8\xff"),
    "txt": FileType("text/plain", Content.TEXT),
    "csv": FileType("text/csv", Content.TEXT),
}
_DATA = {"jsonl": FileType("application/jsonl", Content.LINES)}
_TRUST = {
    "crt": FileType("application/x-pem-file", Content.PEM, b"-----BEGIN CERTIFICATE-----\n"),
    "csr": FileType("application/x-pem-file", Content.PEM, b"-----BEGIN CERTIFICATE REQUEST-----\n"),
    "crl": FileType("application/x-pem-file", Content.PEM, b"-----BEGIN X509 CRL-----\n"),
    "json": FileType("application/json", Content.JSON),
    "txt": FileType("text/plain", Content.TEXT),
}
_BY_ROLE = {
    Role.DATA: _DATA,
    Role.VALUES: _DATA,
    Role.DOCUMENT: _DOCUMENTS,
    Role.ATTACHMENT: _DOCUMENTS,
    Role.TRUST: _TRUST,
}
_CHUNK = 64 * 1024


def file_type(path: str, role: Role | None = None) -> FileType | None:
    """Return the type the extension stands for, or None when such files may not travel in this role.

    Without a role any type that travels in some role is found; whoever receives always names the role.
    """
    name = path.rsplit("/", 1)[-1]
    stem, dot, extension = name.rpartition(".")
    if not stem or not dot:
        return None
    tables = [_BY_ROLE[role]] if role else [_DOCUMENTS, _DATA, _TRUST]
    return next((table[extension.lower()] for table in tables if extension.lower() in table), None)


def looks_like_text(stream: BinaryIO) -> bool:
    """Say whether a stream is text as clerks save it: no control bytes but tab and line ends.

    UTF-8 and GB18030 never use such bytes inside a character, so no decoding is needed.
    """
    while chunk := stream.read(_CHUNK):
        if chunk.translate(None, _TEXT_BYTES):
            return False
    return True


_TEXT_BYTES = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F), *range(0x80, 0x100)])
