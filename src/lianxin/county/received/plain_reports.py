"""普通报送: the ledgers inside a verified file are read like tables, and its return is held against them.

Nobody confirmed who signed (W507), so what is read counts as 普通报送 and gives way to a signed file. Differences
between the return and what was read are told in words and never refuse anything (bundle-format.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from lianxin.bundle.codes import Verdict
from lianxin.bundle.manifest import Kind
from lianxin.county.behalf.entering import WHOLE, Asked, OnBehalf, read_on_behalf
from lianxin.county.behalf.refusals import BehalfRefused, EmptyLedger
from lianxin.county.figures.town_figures import counted_by_town
from lianxin.domain.periods import BadPeriod, Period
from lianxin.domain.records import BehalfSource
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.return_sheet import RETURN, Total
from lianxin.office.desk import Desk
from lianxin.office.figuring import period_of
from lianxin.office.receiving.arriving import kept_place
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.reading import Condition, Reading
from lianxin.store.received import ReceivedFile, received_file

_LEDGERS: Mapping[str, str] = {
    "02_月报表.xlsx": RETURN,
    "03_意见建议台账.xlsx": "opinion",
    "04_接待日台账.xlsx": "reception-day",
    "05_来访走访台账.xlsx": "contact",
}
"""The ledgers of a 普通报送 by their names; any other workbook is read sheet by sheet."""
_MOST_TOLD = 12


@dataclass(frozen=True)
class PlainRead:
    """What was read of one 普通报送; `differences` are where its return and its ledgers do not agree."""

    place: str
    tables: tuple[OnBehalf, ...] = ()
    differences: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What is added to the verdict."""
        read = "、".join(f"{each.label}{_count(each)}" for each in self.tables)
        parts = [f"里面的台账已按普通报送计入（签名人未核实）：{read}。" if read else "里面的台账没有读入。"]
        if self.differences:
            shown = "；".join(self.differences[:_MOST_TOLD])
            more = f"等{len(self.differences)}处" if len(self.differences) > _MOST_TOLD else ""
            parts.append(f"月报表与台账对不上：{shown}{more}，请与乡镇核对。")
        return "".join([*parts, *self.unread])


def with_plain_read(desk: Desk, verdicts: Sequence[FileVerdict]) -> tuple[FileVerdict, ...]:
    """The verdicts of a reception, after the ledgers of every 普通报送 that was accepted in it were read."""
    return tuple(_read(desk, each) if _is_plain(each) else each for each in verdicts)


def read_plain(desk: Desk, file: ReceivedFile) -> PlainRead:
    """Reads the ledgers of one accepted 普通报送; what cannot be read is said and the rest is."""
    kept = KeptBundles(desk.store.home, desk.store.key)
    tables: list[OnBehalf] = []
    unread: list[str] = []
    with TemporaryDirectory(dir=desk.store.home, prefix="behalf-") as folder:
        for name in sorted(each for each in kept.names(file.place) if each.endswith(".xlsx")):
            path = Path(folder) / PurePosixPath(name).name
            path.write_bytes(b"".join(kept.chunks(file.place, name)))
            ledger = _LEDGERS.get(path.name, WHOLE)
            asked = Asked(path, file.org, ledger, period=file.period, sure=True, bundle=file.place)
            try:
                tables += read_on_behalf(desk, asked)
            except EmptyLedger as empty:
                # A ledger of ours without rows tells that there was nothing; of any other it has to be asked.
                unread += [] if ledger != WHOLE else [empty.message]
            except BehalfRefused as refused:
                unread.append(refused.message)
    return PlainRead(
        file.place, tuple(tables), _differences(desk, file, tables), tuple(dict.fromkeys(unread))
    )


def _read(desk: Desk, verdict: FileVerdict) -> FileVerdict:
    manifest, code = verdict.outcome.manifest, verdict.spoken_code
    assert manifest is not None and code is not None
    with desk.store.reading() as reading:
        file = received_file(reading.connection, kept_place(manifest.kind.value, manifest.bundle_id, code))
        before = file is not None and reading.count(BehalfSource, Condition("bundle", "=", file.place))
    if file is None or (verdict.outcome.verdict is Verdict.NOOP and before):
        return verdict
    read = read_plain(desk, file)
    new = sum(table.counts.get("new", 0) for table in read.tables)
    same = sum(table.counts.get("same", 0) for table in read.tables)
    outcome = replace(verdict.outcome, message=verdict.outcome.message + read.words)
    return replace(verdict, outcome=outcome, new=new, same=same)


def differences(
    reading: Reading, code: str, period: Period, totals: Mapping[str, Total], *, profile: RuleProfile
) -> tuple[str, ...]:
    """Figure by figure what a return tells and what its township's records come to, where both are known."""
    line = counted_by_town(reading, period, profile=profile).line(code)
    return tuple(
        f"{figure.label}填的是{_shown(totals[figure.key])}，台账里是{figure.shown}"
        for figure in (line.figures.columns() if line is not None else ())
        if figure.key in totals and figure.uids and _shown(totals[figure.key]) != figure.shown
    )


def _differences(desk: Desk, file: ReceivedFile, tables: Iterable[OnBehalf]) -> tuple[str, ...]:
    totals = next((each.totals for each in tables if each.ledger == RETURN), {})
    try:
        period = period_of(desk, file.period)
    except BadPeriod:
        return ()
    with desk.store.reading() as reading:
        return differences(reading, file.org, period, totals, profile=desk.profile) if totals else ()


def _shown(told: Total) -> str:
    return "—" if told is None else str(told)


def _count(table: OnBehalf) -> str:
    return f"{len(table.totals)}个数" if table.ledger == RETURN else f"{table.counts.get('rows', 0)}行"


def _is_plain(verdict: FileVerdict) -> bool:
    """A 普通报送 that is in the ledger: just accepted, or known and perhaps never read (its township had no record)."""
    manifest = verdict.outcome.manifest
    here = verdict.outcome.verdict in (Verdict.ACCEPT, Verdict.NOOP)
    return here and manifest is not None and manifest.kind is Kind.PLAIN
