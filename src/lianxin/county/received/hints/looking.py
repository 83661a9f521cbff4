"""The list for one file: of one that is looked at inside a preview, or of one that was taken in."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.verdicts import Refused
from lianxin.county.received.hints.duty_hints import duty_hints
from lianxin.county.received.hints.file_hints import file_hints, paper_hints
from lianxin.county.received.hints.hint import Hint, Looked
from lianxin.county.received.hints.record_hints import record_hints
from lianxin.domain.canonical import JsonValue
from lianxin.domain.periods import BadPeriod, Period
from lianxin.office.desk import Desk
from lianxin.office.receiving.arriving import manifest_of
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.store.errors import StoreProblem
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.reading import Reading
from lianxin.store.received import Brought, brought_by, received_file

_RETURNS = (Kind.REPORT, Kind.PLAIN)


def hints_of_preview(desk: Desk, reading: Reading, verdict: FileVerdict) -> tuple[Hint, ...]:
    """What can be said before it is taken in; figures and duties follow when it is."""
    manifest = verdict.outcome.manifest
    if manifest is None or manifest.kind not in _RETURNS or (not verdict.records and not verdict.ok):
        return ()
    brought = [
        Brought(each.kind, each.uid, each.outcome == "new")
        for each in verdict.records
        if each.outcome != "same"
    ]
    looked = _looked(desk, manifest, verdict.outcome.code, verdict.outcome.warnings, brought)
    of_records = record_hints(reading, looked) if manifest.kind is Kind.REPORT else ()
    return (*file_hints(reading, looked), *of_records, *paper_hints(reading, looked))


def hints_of_file(desk: Desk, place: str) -> tuple[Hint, ...]:
    """Everything worth a look in a file that was taken in; nothing for another, or one that opens no more."""
    with desk.store.reading() as reading:
        file = received_file(reading.connection, place)
        if file is None or file.state != "accepted" or file.kind not in {each.value for each in _RETURNS}:
            return ()
        try:
            manifest = manifest_of(KeptBundles(desk.store.home, desk.store.key), place)
        except (Refused, StoreProblem):
            # 检查数据 tells of a kept file that does not open.
            return ()
        told = file.verdict
        warnings = told.get("warnings")
        looked = _looked(
            desk,
            manifest,
            _code(told.get("code")),
            [code for each in (warnings if isinstance(warnings, list) else ()) if (code := _code(each))],
            brought_by(reading.connection, place),
        )
        found = [*file_hints(reading, looked), *paper_hints(reading, looked)]
        if manifest.kind is Kind.REPORT:
            found += [*record_hints(reading, looked), *duty_hints(reading, looked)]
    return tuple(sorted(found, key=lambda each: each.number))


def _looked(
    desk: Desk, manifest: Manifest, code: Code | None, warnings: Sequence[Code], brought: Sequence[Brought]
) -> Looked:
    try:
        period: Period | None = Period.parse(manifest.period, cutoff=desk.profile.cutoff_day.value)
    except BadPeriod:
        period = None
    return Looked(manifest, code, warnings, brought, desk.profile, desk.today(), period)


def _code(told: JsonValue) -> Code | None:
    return next((each for each in Code if each.value == told), None)
