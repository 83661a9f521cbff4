"""How much a received file may cost us before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class Limits:
    """Upper bounds of bundle-format.md ("Limits"); bytes unless the name says otherwise."""

    zip_size: int = 512 * MIB
    entry_count: int = 2_000
    entry_size: int = 200 * MIB
    unpacked_size: int = 1024 * MIB
    manifest_size: int = 4 * MIB
    certificate_size: int = 64 * KIB
    signature_size: int = 1 * KIB
    instructions_size: int = 4 * MIB
    trust_file_size: int = 4 * MIB
    journal_size: int = 256 * MIB
    journal_entries: int = 500_000
    line_size: int = 1 * MIB
    ratio: int = 200
    ratio_from: int = 1 * MIB
    path_characters: int = 180
    office_parts: int = 5_000
    office_unpacked_size: int = 512 * MIB
    office_part_size: int = 200 * MIB
