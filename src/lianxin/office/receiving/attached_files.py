"""Attachments that came with a bundle go to the files of the office as soon as a value here names them."""

from __future__ import annotations

from lianxin.bundle.manifest import Kind, Manifest, Role
from lianxin.office.desk import Desk
from lianxin.store.blobs import blobs_of, named_blobs
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.received import received_files
from lianxin.store.writing import Writing


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
                    (file.place, name) for name in kept.names(file.place) if name.startswith("attachments/")
                ]
    places = [each for each in places if kept.holds(*each)]
    if not places:
        return []
    named, blobs = named_blobs(writing.connection), blobs_of(desk.store)
    done = []
    for place, name in places:
        digest = name.rpartition("/")[2].partition(".")[0]
        if digest in named:
            blobs.keep(digest, kept.chunks(place, name))
            done.append((place, name))
    return done


def forget_placed(kept: KeptBundles, placed: list[tuple[str, str]]) -> None:
    """Takes what lies among the files of the office out of the kept bundles, after the commit."""
    for place, name in placed:
        kept.remove(place, name)


def _attached(manifest: Manifest) -> list[str]:
    return [listed.path for listed in manifest.files if listed.role is Role.ATTACHMENT]
