"""Where a bundle keeps its manifest and signatures: the folder of a 普通报送 or the fixed layout of a sealed one."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.bundle.codes import Code
from lianxin.bundle.naming import (
    CERTIFICATE_NAME,
    INSTRUCTIONS_NAME,
    MANIFEST_NAME,
    SIGNATURE_FOLDER,
    SIGNATURE_NAME,
)
from lianxin.bundle.opening import OpenedZip
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.zipshape import STORED, ZipEntry

MIMETYPE_NAME = "mimetype"
MIMETYPE = b"application/vnd.lianxin.bundle+zip"
_SEALED_SIGNATURES = "signatures"


@dataclass(frozen=True)
class Layout:
    """Full entry names of the parts that are not listed in the manifest.

    `prefix` ends in "/" or is empty; every listed path follows it. `markers` and `instructions` are the
    further entries that belong to the layout and must be there.
    """

    plain: bool
    prefix: str
    manifest: str
    signature: str
    certificate: str
    markers: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()

    @property
    def own_entries(self) -> frozenset[str]:
        """Every entry name of the layout itself."""
        return frozenset([self.manifest, self.signature, self.certificate, *self.markers, *self.instructions])


def layout_of(archive: OpenedZip) -> Layout:
    """Tell the layout by names alone. Raises Refused: E201 when there is no manifest, E203 for a false mimetype."""
    names = set(archive.names())
    if MIMETYPE_NAME in names:
        _check_mimetype(archive)
        return _present(_sealed_layout(), names)
    if MANIFEST_NAME in names:
        raise Refused(Code.FORMAT, "缺少类型标记")
    return _present(_plain_layout(names), names)


def required(archive: OpenedZip, name: str, missing: Code) -> ZipEntry:
    """Return the entry of that name. Raises Refused with `missing`."""
    entry = archive.entry(name)
    if entry is None:
        raise Refused(missing, name.rsplit("/", 1)[-1])
    return entry


def _present(layout: Layout, names: set[str]) -> Layout:
    if layout.manifest not in names:
        raise Refused(Code.NO_MANIFEST)
    return layout


def _check_mimetype(archive: OpenedZip) -> None:
    first = archive.entries[0]
    if first.name != MIMETYPE_NAME or first.method != STORED or first.size != len(MIMETYPE):
        raise Refused(Code.FORMAT, "类型标记不对")
    if archive.read(first, most=len(MIMETYPE)) != MIMETYPE:
        raise Refused(Code.FORMAT, "类型标记不对")


def _sealed_layout() -> Layout:
    return Layout(
        plain=False,
        prefix="",
        manifest=MANIFEST_NAME,
        signature=f"{_SEALED_SIGNATURES}/{SIGNATURE_NAME}",
        certificate=f"{_SEALED_SIGNATURES}/{CERTIFICATE_NAME}",
        markers=(MIMETYPE_NAME,),
    )


def _plain_layout(names: set[str]) -> Layout:
    split = [name.split("/") for name in names]
    tops = {parts[0] for parts in split if len(parts) > 2 and parts[1] == SIGNATURE_FOLDER}
    if len(tops) != 1:
        raise Refused(Code.NO_MANIFEST)
    top = tops.pop()
    folder = f"{top}/{SIGNATURE_FOLDER}/"
    return Layout(
        plain=True,
        prefix=f"{top}/",
        manifest=f"{folder}{MANIFEST_NAME}",
        signature=f"{folder}{SIGNATURE_NAME}",
        certificate=f"{folder}{CERTIFICATE_NAME}",
        instructions=(f"{folder}{INSTRUCTIONS_NAME}",),
    )
