"""Attachments on their way: each goes once, the first 20 MB with the report, the rest in continuations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from lianxin.bundle.filetypes import file_type
from lianxin.bundle.limits import MIB
from lianxin.bundle.manifest import Role
from lianxin.bundle.parts import Part
from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Attachment
from lianxin.office.desk import Desk
from lianxin.office.sending.receipted import receipted
from lianxin.store.blobs import Blobs, blobs_of
from lianxin.store.reading import Reading

WITH_REPORT = 20 * MIB
IN_CONTINUATION = 200 * MIB
_SETTING = "sent-attachments:"


def waiting(desk: Desk, reading: Reading) -> list[Part]:
    """The files the county does not have for certain, each once, in the order in which they were added."""
    there = {digest for bundle in receipted(reading) for digest in carried_by(reading, bundle)}
    return [part for part in file_parts(desk, reading.all(Attachment)) if part.sha256 not in there]


def file_parts(desk: Desk, attachments: Sequence[Attachment]) -> list[Part]:
    """The files of these records that are here, each once."""
    blobs = blobs_of(desk.store)
    parts: dict[str, Part] = {}
    for each in attachments:
        digest = each.digest
        if digest and digest not in parts and blobs.holds(digest):
            parts[digest] = _part(blobs, digest, each)
    return list(parts.values())


def shared_out(parts: Sequence[Part]) -> tuple[list[Part], list[list[Part]]]:
    """What goes with the report, and what each continuation holds."""
    with_report: list[Part] = []
    continuations: list[list[Part]] = []
    room = WITH_REPORT
    for part in parts:
        if not continuations and part.size <= room:
            with_report.append(part)
        else:
            if not continuations or part.size > room:
                continuations.append([])
                room = IN_CONTINUATION
            continuations[-1].append(part)
        room -= part.size
    return with_report, continuations


def note_carried(desk: Desk, bundle_id: str, parts: Sequence[Part]) -> None:
    """Remembers which files a bundle carried, so that a receipt for it ends their travelling."""
    digests: list[JsonValue] = [part.sha256 for part in parts if part.role is Role.ATTACHMENT]
    if digests:
        desk.store.set_setting(f"{_SETTING}{bundle_id}", digests)


def carried_by(reading: Reading, bundle_id: str) -> Iterator[str]:
    """The SHA-256 of every file a bundle carried."""
    told = reading.setting(f"{_SETTING}{bundle_id}")
    return (str(each) for each in told) if isinstance(told, list) else iter(())


def _part(blobs: Blobs, digest: str, attachment: Attachment) -> Part:
    path = f"attachments/{digest}.{attachment.form}"
    kind = file_type(path)
    return Part(
        path,
        Role.ATTACHMENT,
        blobs.size(digest),
        digest,
        kind.media_type if kind else "",
        attachment.personal,
        partial(blobs.open, digest),
    )
