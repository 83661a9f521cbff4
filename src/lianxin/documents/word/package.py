"""The ZIP around an Office file, packed so that equal parts always give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The only date a member carries: the earliest one the ZIP format can write."""

CONTENT_TYPES = "[Content_Types].xml"
CORE_PROPERTIES = "docProps/core.xml"
_COMPRESSION = 5
"""Half the work of 6, and a long ledger grows by a twentieth."""
_DOS = 0


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts (member name → bytes) into a ZIP: content types first, then by name, no times, no rights.

    The system byte is fixed, because zipfile otherwise writes a different one on Windows and Linux.
    """
    names = sorted(parts, key=lambda name: (name != CONTENT_TYPES, name))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            member = zipfile.ZipInfo(name, FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = _DOS
            archive.writestr(member, parts[name], compresslevel=_COMPRESSION)
    return held.getvalue()


def unzipped(packed: bytes) -> dict[str, bytes]:
    """The parts of a package we made ourselves; never for files that came from outside."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(content: bytes) -> Document:
    """A .docx we made ourselves, to be changed."""
    from docx import Document as open_document

    return open_document(io.BytesIO(content))


def saved(document: Document) -> bytes:
    """The .docx of a document, equal for equal content."""
    held = io.BytesIO()
    document.save(held)
    return zipped(unzipped(held.getvalue()))


def core_properties(title: str, author: str) -> bytes:
    """docProps/core.xml with title and office only: no times, no name of the person at the keyboard."""
    from xml.sax.saxutils import escape

    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(printable(title))}</dc:title><dc:creator>{escape(printable(author))}</dc:creator>"
        "</cp:coreProperties>"
    ).encode()


def printable(text: str) -> str:
    """Text that XML 1.0 can hold: control characters go, halves of characters become U+FFFD."""
    if text.isprintable():
        return text
    return "".join(_fit(char) for char in text.replace("\r\n", "\n").replace("\r", "\n"))


def _fit(char: str) -> str:
    if char in "\t\n":
        return char
    if char < " " or char in "\ufffe\uffff":
        return ""
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char
