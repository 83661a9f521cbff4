"""Step 7 of verification: the exact set of listed files, their sizes, hashes, types and harmlessness."""

from __future__ import annotations

import os
from typing import BinaryIO

from lianxin.bundle.codes import Code
from lianxin.bundle.entryview import seekable_entry
from lianxin.bundle.filetypes import Content, FileType, file_type, looks_like_text
from lianxin.bundle.layout import Layout
from lianxin.bundle.limits import Limits
from lianxin.bundle.manifest import ListedFile, Manifest
from lianxin.bundle.officefiles import check_office_file
from lianxin.bundle.opening import OpenedZip
from lianxin.bundle.pdffiles import check_pdf_file
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.zipshape import ZipEntry
from lianxin.domain.canonical import NotCanonical, parse_strict


def check_file_set(archive: OpenedZip, layout: Layout, manifest: Manifest) -> None:
    """Compare the entry names with the list: nothing missing (E205), nothing extra (E206)."""
    found = set(archive.names())
    own = layout.own_entries
    expected = {layout.prefix + listed.path for listed in manifest.files}
    if expected & own:
        raise Refused(Code.FORMAT, "清单列出了签名自己的文件")
    for name in sorted(expected | own):
        if name not in found:
            raise Refused(Code.MISSING_FILE, name.removeprefix(layout.prefix))
    for name in sorted(found - expected - own):
        raise Refused(Code.EXTRA_FILE, name.removeprefix(layout.prefix))


def check_file_bytes(archive: OpenedZip, layout: Layout, manifest: Manifest) -> None:
    """Compare size and SHA-256 of every listed file, by stream. Raises Refused (E106, E207)."""
    found = {entry.name: entry for entry in archive.entries}
    for listed in manifest.files:
        entry = found[layout.prefix + listed.path]
        if entry.size != listed.size or archive.sha256(entry) != listed.sha256:
            raise Refused(Code.HASH, listed.path)


def check_file_types(
    archive: OpenedZip,
    layout: Layout,
    manifest: Manifest,
    limits: Limits,
    scratch: str | os.PathLike[str] | None,
) -> None:
    """Check allow-list (E401), true type (E402), active content (E403) and bombs (E404) of documents."""
    found = {entry.name: entry for entry in archive.entries}
    for listed in manifest.files:
        _check_document(archive, found[layout.prefix + listed.path], listed, limits, scratch)


def _check_document(
    archive: OpenedZip,
    entry: ZipEntry,
    listed: ListedFile,
    limits: Limits,
    scratch: str | os.PathLike[str] | None,
) -> None:
    kind = file_type(listed.path, listed.role)
    if kind is None or kind.media_type != listed.media_type:
        raise Refused(Code.TYPE, listed.path)
    with seekable_entry(archive, entry, scratch) as stream:
        _check_content(stream, kind, listed.path, limits)


def _check_content(stream: BinaryIO, kind: FileType, name: str, limits: Limits) -> None:
    if stream.read(len(kind.magic)) != kind.magic:
        raise Refused(Code.MAGIC, name)
    stream.seek(0)
    if kind.content in (Content.WORD, Content.EXCEL):
        check_office_file(stream, kind.content, name, limits)
    elif kind.content is Content.PDF:
        check_pdf_file(stream, name)
    elif kind.content is Content.TEXT and not looks_like_text(stream):
        raise Refused(Code.MAGIC, name)
    elif kind.content in (Content.JSON, Content.PEM):
        _check_small(stream.read(limits.trust_file_size + 1), kind.content, name, limits)


def _check_small(data: bytes, content: Content, name: str, limits: Limits) -> None:
    """Certificates, lists and facts of the trust folder are small texts; what they say is read by who asks."""
    if len(data) > limits.trust_file_size:
        raise Refused(Code.TOO_BIG, name)
    if content is Content.PEM and not data.isascii():
        raise Refused(Code.MAGIC, name)
    if content is Content.JSON:
        try:
            parse_strict(data)
        except NotCanonical:
            raise Refused(Code.MAGIC, name) from None
