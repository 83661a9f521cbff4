"""文书模板: a document of ours in the layout the office made in Word or WPS, and what is wrong with such a layout.

What a broken template would have stopped is printed in the shipped layout, and the clerk is told once why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.records import DocumentTemplate
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.paperwork.form_names import cells_of
from lianxin.office.paperwork.paper import Asked
from lianxin.office.paperwork.templated import ABOUT, ALSO, FIXED
from lianxin.store.blobs import blobs_of, sweep
from lianxin.store.errors import StoreProblem
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

_PROBLEMS = "template-problems"
_MOST_BYTES = 10 * 2**20


class TemplateRefused(ValueError):
    """The file is not taken as a template; the message says in Chinese where and why. Nothing was changed."""


@dataclass(frozen=True)
class OwnTemplate:
    """One document with a template: whether it is the office's own, and what was wrong when it was last used.

    One that takes none says why in `fixed`.
    """

    paper: str
    label: str
    kept: DocumentTemplate | None
    problem: str
    fixed: str = ""

    @property
    def since(self) -> date | None:
        """The day the office put its own in; None for the shipped one."""
        return self.kept.day if self.kept else None


def templates(desk: Desk, labels: Mapping[str, str]) -> tuple[OwnTemplate, ...]:
    """Every document with a template, then those without; `labels` are the Chinese names of the documents."""
    with desk.store.reading() as reading:
        problems = _problems(reading)
        taking = [
            OwnTemplate(paper, labels[paper], _kept(reading, paper), problems.get(paper, ""))
            for paper in ABOUT
            if paper in labels
        ]
    fixed = [
        OwnTemplate(paper, labels[paper], None, "", why) for paper, why in FIXED.items() if paper in labels
    ]
    return (*taking, *fixed)


def kept_template(desk: Desk, paper: str) -> bytes | None:
    """The office's own template of a document, None for the shipped one. Raises TemplateRefused, SealedFileDamaged."""
    _known(paper)
    with desk.store.reading() as reading:
        kept = _kept(reading, paper)
    return None if kept is None or kept.digest is None else blobs_of(desk.store).read(kept.digest)


def fields_of(desk: Desk, paper: str) -> tuple[str, ...]:
    """The names that can stand in a template of this document between {{ and }}; those of its cells first."""
    from lianxin.documents.templates.own_template import field_names

    names: list[str] = []
    with desk.store.reading() as reading:
        cells = cells_of(reading, paper)
    for name, value in {**cells, **field_names()}.items():
        names += [name] if isinstance(value, str) else [f"{name}.{field}" for field in value[0]]
    return (*names, *(label for label in _labels(paper) if label not in names))


def put_template(desk: Desk, paper: str, name: str, content: bytes) -> tuple[Change, ...]:
    """换上: from now on the document is printed with this template. Raises TemplateRefused with the place."""
    check_layout(desk, paper, content)
    with desk.store.writing(reason="换上文书模板") as writing:
        # Under the lock of the one writer no sweep can take the file away before its entry names it.
        digest = blobs_of(desk.store).keep_bytes(content)
        for old in _all(Reading(writing.connection), paper):
            writing.remove(DocumentTemplate, old.uid)
        writing.put(
            DocumentTemplate(
                uid=writing.new_uid(), paper=paper, name=name[:120], day=desk.today(), size=len(content),
                digest=digest,
            )
        )  # fmt: skip
        changes = tuple(writing.changes)
    _tell(desk, paper, "")
    return changes


def layout_in_use(desk: Desk, reading: Reading, paper: str) -> bytes | None:
    """The office's own template of a document; None for the shipped one, or one that cannot be read."""
    kept = _kept(reading, paper)
    if kept is None or kept.digest is None:
        return None
    try:
        return blobs_of(desk.store).read(kept.digest)
    except StoreProblem:
        return None


def check_layout(desk: Desk, paper: str, content: bytes) -> None:
    """Whether a file does as the template of a document. Raises TemplateRefused with the place."""
    from lianxin.documents.templates.filling import TemplateProblem, check_template
    from lianxin.documents.templates.own_template import field_names

    _known(paper)
    if len(content) > _MOST_BYTES:
        raise TemplateRefused("这个文件超过10兆，不像文书模板，原来的模板没有变。")
    try:
        with desk.store.reading() as reading:
            cells = cells_of(reading, paper)
        check_template(content, {**dict.fromkeys(_labels(paper), ""), **cells, **field_names()})
    except TemplateProblem as wrong:
        raise TemplateRefused(f"{wrong}原来的模板没有变。") from wrong


def reset_template(desk: Desk, paper: str) -> tuple[Change, ...]:
    """恢复原样: the shipped layout again; what was put in can be brought back from the recycle bin."""
    _known(paper)
    with desk.store.writing(reason="恢复文书模板") as writing:
        for old in _all(Reading(writing.connection), paper):
            writing.remove(DocumentTemplate, old.uid)
        changes = tuple(writing.changes)
    _tell(desk, paper, "")
    sweep(desk.store)
    return changes


def own_look(desk: Desk, reading: Reading, paper: str, made: bytes, uids: Sequence[str] = ()) -> bytes:
    """The document in the office's own layout; as it was made where there is none or the template does not do.

    `uids` are the records it is about, one for each document of the file.
    """
    kept = _kept(reading, paper)
    if kept is None and paper in ALSO:
        return own_look(desk, reading, ALSO[paper], made, uids)
    if kept is None or kept.digest is None:
        return made
    from lianxin.documents.measuring.findings import NotMeasurable
    from lianxin.documents.templates.filling import TemplateProblem
    from lianxin.documents.templates.own_template import fill_own

    fields = [_fields(reading, paper, uid) for uid in uids] or [dict.fromkeys(_labels(paper), "")]
    try:
        filled = fill_own(
            blobs_of(desk.store).read(kept.digest), made, fields, cells=cells_of(reading, paper)
        )
    except (TemplateProblem, NotMeasurable, StoreProblem) as wrong:
        _tell(desk, paper, f"{wrong}这次按原样打印。")
        return made
    if _problems(reading).get(paper):
        _tell(desk, paper, "")
    return filled


def in_own_look(paper: str, make: Callable[[Asked], bytes]) -> Callable[[Asked], bytes]:
    """A maker of a document whose result takes the office's own layout."""

    def made(asked: Asked) -> bytes:
        if asked.shipped:
            return make(asked)
        return own_look(
            asked.desk, asked.reading, paper, make(asked), [asked.uid] if asked.uid is not None else ()
        )

    return made


def template_problem(desk: Desk, paper: str) -> str:
    """Why the document was last printed in the shipped layout although the office has its own; else empty."""
    with desk.store.reading() as reading:
        return _problems(reading).get(paper, "")


def _known(paper: str) -> None:
    if paper in FIXED:
        raise TemplateRefused(FIXED[paper])
    if paper not in ABOUT:
        raise TemplateRefused(f"“{paper}”没有可以换的模板，可以换的有：{'、'.join(ABOUT)}。")


def _all(reading: Reading, paper: str) -> Sequence[DocumentTemplate]:
    return reading.all(DocumentTemplate, Condition("paper", "=", paper))


def _kept(reading: Reading, paper: str) -> DocumentTemplate | None:
    return max(_all(reading, paper), key=lambda each: (each.day, each.uid), default=None)


def _labels(paper: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(spec.label for cls in ABOUT[paper] for spec in cls.specs() if spec.wire != "uid")
    )


def _fields(reading: Reading, paper: str, uid: str) -> dict[str, str]:
    """The fields of the record by their labels; those of the other kinds it might have been are empty."""
    told = dict.fromkeys(_labels(paper), "")
    names = Names(reading)
    for cls in ABOUT[paper]:
        record = reading.get(cls, uid)
        for spec in cls.specs() if record is not None else ():
            assert record is not None
            shown = record.shown(spec.wire)
            told[spec.label] = names.of(spec.kind.refers, shown) if spec.kind.refers else shown
    return told


def _problems(reading: Reading) -> dict[str, str]:
    told = reading.setting(_PROBLEMS)
    return (
        {name: words for name, words in told.items() if isinstance(words, str)}
        if isinstance(told, dict)
        else {}
    )


def _tell(desk: Desk, paper: str, words: str) -> None:
    with desk.store.reading() as reading:
        told = _problems(reading)
    if told.get(paper, "") != words:
        desk.store.set_setting(_PROBLEMS, {**told, paper: words})
