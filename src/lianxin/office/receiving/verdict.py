"""What is said of one received file: verdict, code, sentence, next act, and what it brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.verdicts import Outcome, Refused, accepted, refused
from lianxin.domain.arrival import Trouble
from lianxin.domain.canonical import JsonValue
from lianxin.store.taking_in import Taken, Touched

CODE_OF = {
    "gap": Code.GAP,
    "fork": Code.FORK,
    "lamport": Code.BAD_ENTRY,
    "value": Code.BAD_ENTRY,
    "foreign": Code.SCOPE,
}


@dataclass(frozen=True)
class FileVerdict:
    """One line of the table of outcomes. `records` tells it record by record; `held_on` says how many files that
    had waited came in after this one, `more_than_written` that its sender holds entries of ours that are not here.
    """

    outcome: Outcome
    records: tuple[Touched, ...] = ()
    new: int = 0
    changed: int = 0
    same: int = 0
    conflicts: int = 0
    refused: int = 0
    held_on: int = 0
    more_than_written: bool = False

    @property
    def ok(self) -> bool:
        """Nothing for a person to do: ACCEPT and NOOP."""
        return self.outcome.ok

    @property
    def bundle_id(self) -> str | None:
        """The id of the bundle as signed."""
        return self.outcome.manifest.bundle_id if self.outcome.manifest else None

    def as_json(self) -> dict[str, JsonValue]:
        """The line of `receive --json` (cli.md), and more."""
        manifest = self.outcome.manifest
        return {
            **self.outcome.as_json(),
            "org_name": manifest.org_name if manifest else None,
            "kind": manifest.kind.value if manifest else None,
            "bundle_id": manifest.bundle_id if manifest else None,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "conflicts": self.conflicts,
            "refused": self.refused,
        }

    @property
    def spoken_code(self) -> str | None:
        """核对码 for screen and telephone."""
        return self.outcome.spoken_code


def refusal(file: str, finding: Refused, manifest: Manifest | None, digest: str | None) -> FileVerdict:
    """A file of which nothing was taken in."""
    outcome = refused(file, finding, manifest=manifest, digest=digest)
    lost = outcome.verdict in (Verdict.REJECT, Verdict.QUARANTINE)
    return FileVerdict(outcome, refused=records_of(manifest) if lost and manifest else 0)


def already_here(file: str, manifest: Manifest, digest: str) -> FileVerdict:
    """The same file again: nothing to do."""
    outcome = accepted(file, Code.ALREADY_HERE, manifest=manifest, digest=digest, warnings=())
    return FileVerdict(outcome, same=records_of(manifest))


def taken(file: str, manifest: Manifest, digest: str, found: Taken, warnings: Iterable[Code]) -> FileVerdict:
    """A file that was taken in, with what it brought."""
    told = [*warnings]
    if found.newer and Code.NEWER_SCHEMA_KEPT not in told:
        told.append(Code.NEWER_SCHEMA_KEPT)
    plain = manifest.kind is Kind.PLAIN
    nothing_new = bool(manifest.entries) and not found.entries and not found.values
    outcome = accepted(
        file,
        Code.SIGNER_UNCONFIRMED if plain else Code.OLDER if nothing_new else Code.OK,
        manifest=manifest,
        digest=digest,
        warnings=tuple(dict.fromkeys(told)),
    )
    if found.conflicts:
        outcome = replace(
            outcome,
            verdict=Verdict.CONFLICT,
            message=f"{outcome.message}其中{found.conflicts}条记录有不同的写法，都已留存。",
            next="请到“待确认”里逐条选定。",
        )
    return FileVerdict(
        outcome,
        records=found.records,
        new=found.count("new"),
        changed=found.count("changed"),
        same=found.count("same"),
        conflicts=found.conflicts,
    )


def stopped(file: str, manifest: Manifest, digest: str, trouble: Trouble) -> FileVerdict:
    """A file whose entries do not fit what is known here."""
    detail = ""
    if trouble.what == "gap":
        stream, _, counter = trouble.why.rpartition("#")
        detail = f"等待 {stream.partition('/')[0]} 第{counter}条"
    elif trouble.what != "fork":
        detail = f"第{trouble.entry.counter}条"
    return refusal(file, Refused(CODE_OF[trouble.what], detail), manifest, digest)


def records_of(manifest: Manifest) -> int:
    """How many entries a manifest says it carries."""
    return sum(each.last - each.first + 1 for each in manifest.entries.values())
