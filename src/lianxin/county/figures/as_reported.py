"""定稿与现数: what each township's signed return said of a period beside what its records say now.

The two differ for good reasons (a matter closed later, a late row, a record taken back); the list says which figure
of which township, and what happened to the records behind it since. It judges nothing and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from lianxin.bundle.manifest import Manifest
from lianxin.bundle.verdicts import Refused
from lianxin.county.figures.town_figures import TownFigures, TownLine, counted_by_town
from lianxin.county.townships.roster import Town
from lianxin.domain.casework.steps import STEP_KINDS
from lianxin.domain.counts import NOTHING, Figure
from lianxin.domain.dictionary import kind_named
from lianxin.domain.periods import Period
from lianxin.domain.streams import belongs_to
from lianxin.office.desk import Desk
from lianxin.office.receiving.arriving import manifest_of
from lianxin.office.sending.papers import return_value
from lianxin.store.errors import StoreProblem
from lianxin.store.journal_log import records_written_until
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.reading import Reading
from lianxin.store.received import ReceivedFile, received_files

Total = int | str | None
_RETURNS = ("report", "plain")
_STEPS = {cls.KIND for cls in STEP_KINDS}
_BESIDE = {
    "opinion": _STEPS,
    "reception-day": {"rota"},
    "rota": {"reception-day"},
    "person": {"mandate", "year-report", "attendance", "rota"},
    "meeting": {"attendance"},
    "activity": {"attendance"},
    "evaluation": {"tally-row"},
    "station": {"station-check", "station-check-item"},
    "year-report": {"report-session"},
}
"""Kinds whose change changes figures that count records of the kind before."""


@dataclass(frozen=True)
class Reported:
    """The signed return of a township for one period: its 期号, day, totals, and how far its streams went.

    `versions` are all its returns of the period that are here; the latest counts.
    """

    town: Town
    seq: int
    day: date
    plain: bool
    totals: Mapping[str, Total]
    counters: Mapping[str, int]
    versions: int
    taken_back: bool = False


@dataclass(frozen=True)
class Difference:
    """One figure of one township that is another now. `causes` are likely ones, in words; `uids` what changed."""

    town: Town
    key: str
    label: str
    unit: str
    then: str
    now: str
    causes: tuple[str, ...]
    kind: str
    uids: tuple[str, ...]

    @property
    def change(self) -> str:
        """+3, -1; "" where the two are no whole numbers."""
        if not (self.then.lstrip("-").isdigit() and self.now.lstrip("-").isdigit()):
            return ""
        return f"{int(self.now) - int(self.then):+d}"


@dataclass(frozen=True)
class AsReported:
    """Every township's signed totals, the current figures, and where they differ.

    `silent` have no signed return of exactly this period here.
    """

    current: TownFigures
    reported: Mapping[str, Reported]
    differences: tuple[Difference, ...]
    silent: tuple[Town, ...]

    def then(self, code: str, key: str) -> str | None:
        """What the township's return said; None where there is none, or it did not ask for this figure."""
        told = self.reported.get(code)
        return shown_total(told.totals[key]) if told is not None and key in told.totals else None

    def words(self) -> str:
        """石牌镇等3个乡镇有5处不一致."""
        period = self.current.period.label
        if not self.reported:
            return f"还没有收到{period}的定稿报表；各乡镇报的期要和这里选的一样，月报、季报、年报各算各的。"
        towns = list(dict.fromkeys(each.town.name for each in self.differences))
        silent = f"，{len(self.silent)}个乡镇没有这一期的定稿报表" if self.silent else ""
        if not towns:
            return f"{len(self.reported)}个乡镇的定稿数与现数一致{silent}。"
        named = "、".join(towns[:3]) + (f"等{len(towns)}个乡镇" if len(towns) > 3 else "")
        return f"{named}有{len(self.differences)}处与定稿不一致{silent}。不一致不影响接收，只供核对。"


def as_reported(desk: Desk, period: Period) -> AsReported:
    """Signed totals and current figures of a period."""
    with desk.store.reading() as reading:
        current = counted_by_town(reading, period, profile=desk.profile)
        kept = KeptBundles(desk.store.home, desk.store.key)
        reported = dict(_reported(reading, kept, current, desk.store.now().tzinfo))
        differences = tuple(
            each
            for line in current.lines
            if line.town.code in reported
            for each in _differences(reading, line, reported[line.town.code])
        )
    silent = tuple(line.town for line in current.lines if line.town.code not in reported)
    return AsReported(current, reported, differences, silent)


def _reported(
    reading: Reading, kept: KeptBundles, current: TownFigures, zone: tzinfo | None
) -> Iterator[tuple[str, Reported]]:
    """Of each township the latest return of this very period that was taken in; its day is one of `zone`."""
    by_org: dict[str, list[ReceivedFile]] = {}
    for file in received_files(reading.connection, "accepted", "taken_back"):
        by_org.setdefault(file.org, []).append(file)
    for line in current.lines:
        own = [each for code in sorted(line.town.codes) for each in by_org.get(code, ())]
        returns = [
            each
            for each in own
            if each.state == "accepted" and each.kind in _RETURNS and each.period == current.period.code
        ]
        latest = max(
            returns, key=lambda each: (each.kind == "report", each.created_at, each.seq), default=None
        )
        manifest = _manifest(kept, latest) if latest is not None else None
        if latest is not None and manifest is not None:
            yield line.town.code, Reported(
                line.town, manifest.seq, manifest.created_at.astimezone(zone).date(), latest.kind == "plain",
                manifest.totals, _counters(own, latest), len(returns),
                taken_back=any(each.state == "taken_back" for each in own),
            )  # fmt: skip


def _counters(own: Sequence[ReceivedFile], latest: ReceivedFile) -> dict[str, int]:
    """How far each stream of the township was known when it signed this return: what that and earlier files brought."""
    known: dict[str, int] = {}
    for file in own:
        if file.created_at <= latest.created_at:
            for stream, (_, last) in file.ranges.items():
                known[stream] = max(last, known.get(stream, 0))
    return known


def _manifest(kept: KeptBundles, file: ReceivedFile) -> Manifest | None:
    try:
        return manifest_of(kept, file.place)
    except (Refused, StoreProblem):
        # 检查数据 tells of a kept file that does not open; the other townships are still compared.
        return None


def _differences(reading: Reading, line: TownLine, told: Reported) -> Iterator[Difference]:
    other = [
        figure
        for figure in line.figures.all
        if figure.key in told.totals and told.totals[figure.key] != return_value(figure)
    ]
    if not other:
        return
    since = _Since.of(reading, line.town, told)
    for figure in other:
        causes, uids = since.causes(figure)
        yield Difference(
            line.town, figure.key, figure.label, figure.unit, shown_total(told.totals[figure.key]), figure.shown,
            causes, figure.kind, uids,
        )  # fmt: skip


@dataclass(frozen=True)
class _Since:
    """What a township's records went through after its return was signed: kind → uids."""

    new: Mapping[str, frozenset[str]]
    changed: Mapping[str, frozenset[str]]
    removed: Mapping[str, frozenset[str]]
    told: Reported

    @staticmethod
    def of(reading: Reading, town: Town, told: Reported) -> _Since:
        """From the journal: entries of the township's streams beyond those that had come with the return."""
        before = {
            stream: told.counters.get(stream, 0 if belongs_to(stream) in town.codes else counter)
            for stream, counter in reading.counters().items()
        }
        known = frozenset(records_written_until(reading.connection, told.counters))
        written = [each for each in reading.written_after(before) if _known(each[0])]
        gone = {kind: frozenset(reading.removed(kind_named(kind))) for kind in {kind for kind, _ in written}}
        removed = [(kind, uid) for kind, uid in written if uid in gone[kind]]
        left = [each for each in written if each[1] not in gone[each[0]]]
        return _Since(
            _by_kind(each for each in left if each not in known),
            _by_kind(each for each in left if each in known),
            _by_kind(each for each in removed if each in known),
            told,
        )

    def causes(self, figure: Figure) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Likely causes in words, and the counted records that were touched since."""
        counted = frozenset(figure.uids)
        found: list[str] = []
        own: list[str] = []
        for words, touched in (("补报", self.new), ("更正", self.changed)):
            behind = touched.get(figure.kind, frozenset()) & counted
            own += sorted(behind)
            found += [f"定稿以后{words}{kind_named(figure.kind).LABEL}{len(behind)}条"] if behind else []
        gone = len(self.removed.get(figure.kind, ()))
        found += [f"定稿以后删除{kind_named(figure.kind).LABEL}{gone}条"] if gone else []
        beside = self._beside(figure.kind)
        found += [f"定稿以后补登或更正有关的{beside}"] if beside and not found else []
        found += ["有撤回的报送件"] if self.told.taken_back else []
        return tuple(found) or (_PLAIN if self.told.plain else _NOTHING_CHANGED,), tuple(own)

    def _beside(self, kind: str) -> str:
        """意见建议2条、答复1条: what hangs together with the kind."""
        told: list[str] = []
        for each in sorted({kind, *_BESIDE.get(kind, ())}, key=lambda one: (one != kind, one)):
            touched = sum(len(by_kind.get(each, ())) for by_kind in (self.new, self.changed, self.removed))
            told += [f"{kind_named(each).LABEL}{touched}条"] if touched else []
        return "、".join(told)


_NOTHING_CHANGED = "记录没有变动，可能是统计截止日或计算口径不同"
_PLAIN = "普通报送的记录没有逐条并入，或代录有出入"


def _by_kind(records: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, uid in records:
        found.setdefault(kind, set()).add(uid)
    return {kind: frozenset(uids) for kind, uids in found.items()}


def _known(kind: str) -> bool:
    try:
        kind_named(kind)
    except KeyError:
        return False
    return True


def shown_total(value: Total) -> str:
    """A total of a manifest as people read it."""
    return NOTHING if value is None or value == "" else str(value)
