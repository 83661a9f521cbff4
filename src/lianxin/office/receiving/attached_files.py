"""Attachments that came with a bundle go to the files of the office as soon as a value here names them."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.bundle.manifest import Kind, Manifest, Role
from lianxin.office.desk import Desk
from lianxin.store.blobs import blobs_of, named_blobs
from lianxin.store.errors import StoreProblem
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.received import ReceivedFile, received_files
from lianxin.store.writing import Writing

ATTACHMENTS = "attachments/"


def place_attachments(
    desk: Desk, writing: Writing, kept: KeptBundles, manifest: Manifest
) -> list[tuple[str, str]]:
    """Keeps what this bundle and earlier continuations carry and a value names; answers (folder, member) of those.

    On the disk before the entries commit. What nobody names yet stays in the kept bundle: its report may come later.
    """
    places = [(manifest.bundle_id, name) for name in _attached(manifest)]
    if manifest.entries or places:
        for file in received_files(writing.connection, "accepted", org=manifest.org_code):
            if file.kind == Kind.ATTACHMENTS.value and file.place != manifest.bundle_id:
                places += [
                    (file.place, name) for name in kept.names(file.place) if name.startswith(ATTACHMENTS)
                ]
    places = [each for each in places if kept.holds(*each)]
    if not places:
        return []
    named, blobs = named_blobs(writing.connection), blobs_of(desk.store)
    done = []
    for place, name in places:
        digest = _digest(name)
        if digest in named:
            blobs.keep(digest, kept.chunks(place, name))
            done.append((place, name))
    return done


def forget_placed(kept: KeptBundles, placed: list[tuple[str, str]]) -> None:
    """Takes what lies among the files of the office out of the kept bundles, after the commit."""
    for place, name in placed:
        kept.remove(place, name)


def return_attachments(
    desk: Desk, writing: Writing, kept: KeptBundles, named_before: frozenset[str], *, org: str | None = None
) -> frozenset[str]:
    """Puts attachments back into the files they came with: those that were named before and are no more.

    A file of this office (or of any) that was taken back, or waits again, may come in once more. Answers the SHA-256
    of those that lie twice now, for `forget_returned` after the commit. What was erased was not named before.
    """
    gone, blobs = named_before - named_blobs(writing.connection), blobs_of(desk.store)
    if not gone:
        return frozenset()
    done = set()
    for file in received_files(writing.connection, org=org):
        for name in _kept_names(kept, file):
            digest = _digest(name)
            wanted = name.startswith(ATTACHMENTS) and digest in gone and not kept.holds(file.place, name)
            if wanted and blobs.holds(digest):
                kept.put_back(file.place, name, blobs.chunks(digest))
                done.add(digest)
    return frozenset(done)


def forget_returned(desk: Desk, digests: Iterable[str]) -> None:
    """Takes what lies in the kept files again from the files of the office."""
    blobs = blobs_of(desk.store)
    for digest in digests:
        blobs.destroy(digest)


def _kept_names(kept: KeptBundles, file: ReceivedFile) -> list[str]:
    try:
        return kept.names(file.place)
    except StoreProblem:
        # A kept file that opens no more has nowhere to put anything back.
        return []


def _digest(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def _attached(manifest: Manifest) -> list[str]:
    return [listed.path for listed in manifest.files if listed.role is Role.ATTACHMENT]
