"""履职档案 at the office: one deputy's year from the records, as paper, made final, or of all deputies at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lianxin.domain.codes import LEVEL
from lianxin.domain.records import DeputyGroup, FinalSheet, GroupMember, Mandate, Person
from lianxin.domain.scoring.performance import PerformanceFile, file_lines, file_sections
from lianxin.domain.scoring.points import score
from lianxin.domain.work_facts import Subject, WorkFacts
from lianxin.office.beside import write_beside
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import own_look
from lianxin.office.scoring.finals import FILE, Final, differences, file_name, finals, make_final
from lianxin.office.scoring.scores import active_books
from lianxin.office.scoring.work_facts import deputies_of_year, year_facts
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class FilesStopped(Exception):
    """The clerk stopped it; `done` files are finished, the others are as they were."""

    def __init__(self, done: int) -> None:
        self.done = done
        super().__init__(f"已停止，做好了{done}份，其余没有动")


@dataclass(frozen=True)
class FileShown:
    """A file with what was made final of it, the latest first, and how the records differ from that now."""

    file: PerformanceFile
    finals: tuple[FinalSheet, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """What a batch did: how many papers, where, what was written to the ledger; `lacking` characters print as 〓."""

    count: int
    folder: Path | None
    changes: tuple[Change, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def lacking_words(self) -> str:
        """；PDF 里有1个字本机字体没有，印成〓：𠮷; empty when every character was drawn."""
        if not self.lacking:
            return ""
        return f"；PDF 里有{len(self.lacking)}个字本机字体没有，印成〓：{'、'.join(self.lacking)}"


@dataclass(frozen=True)
class FileLine:
    """One deputy's file in the list of a level and year."""

    mandate: str
    person: str
    district: str
    shown: FileShown


def levels_held(desk: Desk) -> dict[str, int]:
    """Level → deputies in office, from the highest level; levels nobody holds are left out."""
    with desk.store.reading() as reading:
        held = [
            str(level) for (level,) in reading.fields(Mandate, ["level"], Condition("state", "=", "serving"))
        ]
    return {code.code: held.count(code.code) for code in LEVEL.codes if code.code in held}


def files_of_year(desk: Desk, level: str, year: int) -> tuple[FileLine, ...]:
    """The files of everybody of a level in one reading, for a list."""
    with desk.store.reading() as reading:
        facts, names = year_facts(reading, year, desk.today()), Names(reading)
        kept: dict[str, list[FinalSheet]] = {}
        for sheet in finals(reading, FILE, year, level=level):
            kept.setdefault(sheet.person or "", []).append(sheet)
        lines = []
        for one in deputies_of_year(reading, level, year):
            file, mine = _file(reading, one, facts), kept.get(one.person, [])
            differs = differences(mine[0], file_lines(file)) if mine else ()
            shown = FileShown(file, tuple(mine), differs)
            lines.append(FileLine(one.uid, one.person, names.of("district", one.district), shown))
    return tuple(lines)


def performance_file(desk: Desk, mandate: str, year: int) -> PerformanceFile:
    """The file of one mandate's holder, level and year. Raises PapersProblem."""
    with desk.store.reading() as reading:
        return file_in(desk, reading, mandate, year)


def file_in(desk: Desk, reading: Reading, mandate: str, year: int) -> PerformanceFile:
    """The same within a snapshot that is open already. Raises PapersProblem."""
    return _file(reading, _mandate(reading, mandate), year_facts(reading, year, desk.today()))


def file_paper(desk: Desk, mandate: str, year: int, *, pdf: bool = False) -> tuple[str, bytes]:
    """File name and content of the printed file. Raises PapersProblem."""
    return _in_own_look(desk, mandate, _paper_of(performance_file(desk, mandate, year), pdf=pdf))


def _paper_of(file: PerformanceFile, *, pdf: bool) -> tuple[str, bytes]:
    from lianxin.documents.sheets.performance_file import performance_docx, performance_pdf

    return _name(file, ".pdf" if pdf else ".docx"), (performance_pdf if pdf else performance_docx)([file])


def _in_own_look(desk: Desk, mandate: str, paper: tuple[str, bytes]) -> tuple[str, bytes]:
    """The Word file as the office has it; the PDF is what is kept as final, always in one layout."""
    name, made = paper
    if not name.endswith(".docx"):
        return paper
    with desk.store.reading() as reading:
        return name, own_look(desk, reading, "performance-file", made, [mandate])


def finish_file(desk: Desk, mandate: str, year: int) -> tuple[FinalSheet, tuple[Change, ...]]:
    """年终定稿 of one file: the PDF kept with its SHA-256. Raises PapersProblem, FinalProblem."""
    with desk.store.reading() as reading:
        held = _mandate(reading, mandate)
        file = _file(reading, held, year_facts(reading, year, desk.today()))
    return make_final(desk, _final(desk, held, file))


def write_files(
    desk: Desk,
    level: str,
    year: int,
    folder: Path,
    *,
    pdf: bool = False,
    progress: Progress = lambda done, total, words: None,
    cancelled: Cancelled = lambda: False,
) -> Written:
    """A paper of every deputy of a level into a folder. Raises FilesStopped, OSError."""
    done = 0
    lacking: list[str] = []
    for _, file in _each(desk, level, year, progress, cancelled):
        name, made = _paper_of(file, pdf=pdf)
        write_beside(folder / name, made)
        lacking += characters_lacking(file) if pdf else ()
        done += 1
    return Written(done, folder, (), tuple(dict.fromkeys(lacking)))


def finish_files(
    desk: Desk,
    level: str,
    year: int,
    *,
    progress: Progress = lambda done, total, words: None,
    cancelled: Cancelled = lambda: False,
) -> Written:
    """年终定稿 of every deputy of a level; whose latest final says the same as the records is left alone.

    Raises FilesStopped, FinalProblem.
    """
    changes: list[Change] = []
    lacking: list[str] = []
    done = 0
    for mandate, file in _each(desk, level, year, progress, cancelled):
        with desk.store.reading() as reading:
            kept = finals(reading, FILE, year, person=mandate.person, level=level)
        if kept and not differences(kept[0], file_lines(file)):
            continue
        changes += make_final(desk, _final(desk, mandate, file))[1]
        lacking += characters_lacking(file)
        done += 1
    return Written(done, None, tuple(changes), tuple(dict.fromkeys(lacking)))


def _each(
    desk: Desk, level: str, year: int, progress: Progress, cancelled: Cancelled
) -> Iterator[tuple[Mandate, PerformanceFile]]:
    with desk.store.reading() as reading:
        facts = year_facts(reading, year, desk.today())
        wanted = deputies_of_year(reading, level, year)
        files = [(mandate, _file(reading, mandate, facts)) for mandate in wanted]
    for done, (mandate, file) in enumerate(files):
        if cancelled():
            raise FilesStopped(done)
        progress(done, len(files), file.name)
        yield mandate, file
    progress(len(files), len(files), "")


def characters_lacking(file: PerformanceFile) -> tuple[str, ...]:
    """The characters of a file no font here can draw in a PDF."""
    from lianxin.documents.pdf.font import undrawable

    return undrawable("".join((*file_lines(file), *(value for _, value in file.facts))))


def _mandate(reading: Reading, uid: str) -> Mandate:
    held = reading.get(Mandate, uid)
    if held is None or reading.get(Person, held.person) is None:
        raise PapersProblem(f"没有找到这名代表的资格（{uid}），没有生成文件")
    return held


def _file(reading: Reading, mandate: Mandate, facts: WorkFacts) -> PerformanceFile:
    person = reading.by_uid(Person, [mandate.person])[mandate.person]
    subject = Subject("deputy", person.uid, mandate.level)
    cards = [
        (book.rule.uid, book.rule.name, score(book, facts, subject))
        for book in active_books(reading, "deputy", mandate.level, facts.year)
    ]
    return PerformanceFile(
        year=facts.year,
        office=office_of(reading).name,
        name=person.name,
        level=LEVEL.label_of(mandate.level),
        facts=tuple(_facts(reading, person, mandate)),
        sections=file_sections(facts, subject, cards),
    )


def _facts(reading: Reading, person: Person, mandate: Mandate) -> Iterator[tuple[str, str]]:
    names = Names(reading)
    for wire in ("name", "sex", "nation", "born", "party", "schooling", "work"):
        yield person.spec(wire).label, person.shown(wire)
    for wire in ("level", "term", "district", "certificate", "delegation", "elected", "state", "station"):
        yield mandate.spec(wire).label, names.shown(mandate, wire)
    groups = [one.group for one in reading.children(GroupMember, "person", [person.uid])]
    yield DeputyGroup.LABEL, "、".join(one.name for one in reading.by_uid(DeputyGroup, groups).values())


def _final(desk: Desk, mandate: Mandate, file: PerformanceFile) -> Final:
    sheet = FinalSheet(
        uid=desk.store.new_uid(),
        what=FILE,
        year=file.year,
        person=mandate.person,
        level=mandate.level,
        day=date.min,
    )
    return Final(sheet, *_paper_of(file, pdf=True), file_lines(file))


def _name(file: PerformanceFile, ending: str) -> str:
    return file_name("履职档案", f"{file.year}年", file.level, file.name) + ending


# ---- on the command line ---------------------------------------------------------------------------


def paper_year(asked: Asked) -> int:
    """The year a paper is asked for; a file is kept by years, so a month stands for its year."""
    return asked.period.end.year if asked.period is not None else asked.desk.today().year


def _asked_file(*, pdf: bool) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        assert asked.uid is not None
        file = file_in(asked.desk, asked.reading, asked.uid, paper_year(asked))
        return _in_own_look(asked.desk, asked.uid, _paper_of(file, pdf=pdf))[1]

    return make


FILE_PAPERS: Sequence[Paper] = (
    Paper("performance-file", "履职档案", ".docx", "record", _asked_file(pdf=False)),
    Paper("performance-file-pdf", "履职档案（PDF）", ".pdf", "record", _asked_file(pdf=True)),
)
