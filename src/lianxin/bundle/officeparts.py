"""Read one part of a Word or Excel file by stream and find what is active in it.

A DOCTYPE stands before the first element or nowhere, so the parser reads that far; the rest is only looked at
as bytes. A part is parsed whole when those bytes hold a formula or a field: the usual large sheet of plain cells
then costs little more than its unpacking.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

Chunks = Callable[[], Iterable[bytes]]

# A formula with text has an end tag "f>", whatever its prefix. One rare first letter makes the search fast.
_FORMULA_OR_FIELD = re.compile(rb"f(?:\s*>|ormula|ldSimple)")
_RARE_NAMES = (b"definedName", b"instrText")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!(?i:utf-8|us-ascii)[\"'])")
_OVERLAP = 256
# No tag, formula or field code comes near this; a parser keeps an unfinished tag whole.
_LONGEST_TOKEN = 1024 * 1024
_LITTLE = 1024
_MOST_GATHERED = 8 * 1024 * 1024
_FORMULAS = frozenset(["f", "formula", "formula1", "formula2", "definedName"])
_ACTIVE_FORMULA = re.compile(
    r"\b(?:WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE)\s*\(|\bHYPERLINK\s*\(\s*\"(?!#)"
    r"|\|[^!|]*!|\[[^\]]*\.xl|://|\\\\",
    re.IGNORECASE,
)
# Fields Word computes from the document itself; every other one fetches, starts or embeds something.
_HARMLESS_FIELDS = frozenset(
    [
        "PAGE",
        "NUMPAGES",
        "SECTIONPAGES",
        "SECTION",
        "PAGEREF",
        "REF",
        "NOTEREF",
        "STYLEREF",
        "SEQ",
        "TOC",
        "TC",
        "XE",
        "INDEX",
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "EDITTIME",
        "TITLE",
        "SUBJECT",
        "AUTHOR",
        "LASTSAVEDBY",
        "KEYWORDS",
        "COMMENTS",
        "FILENAME",
        "DOCPROPERTY",
        "USERNAME",
        "NUMWORDS",
        "NUMCHARS",
        "REVNUM",
        "EQ",
        "SYMBOL",
        "ADVANCE",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "LISTNUM",
        "AUTONUM",
        "=",
        "ADDIN",
    ]
)
_ACTIVE_RELATION = re.compile(
    r"/(?:vba\w*|wordVbaData|\w*macro\w*|oleObject|package|externalLink\w*|attachedTemplate|control|activeX\w*|ctrlProp"
    r"|frame|subDocument|aFChunk|attachedToolbars|connections|queryTable|dialogsheet|extensibility|webextension\w*"
    r"|mailMerge\w*|recipientData|keyMapCustomizations)$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:|^\\\\|^//", re.IGNORECASE)


class PartFault(Exception):
    """A part is refused: `what` in Chinese; `active` tells active content from a disguised or broken part."""

    def __init__(self, what: str, *, active: bool) -> None:
        super().__init__(what)
        self.what = what
        self.active = active


def media_types(chunks: Chunks) -> list[str]:
    """Return the content types that [Content_Types].xml names. Raises PartFault."""
    found: list[str] = []

    def start(_tag: str, attributes: dict[str, str]) -> None:
        if "ContentType" in attributes:
            found.append(attributes["ContentType"])

    parser = _parser()
    parser.StartElementHandler = start
    _feed(parser, chunks())
    return found


def check_part(name: str, chunks: Chunks) -> None:
    """Read one XML part and refuse DOCTYPE, links elsewhere, active fields and formulas (PartFault)."""
    if name.lower().endswith(".rels"):
        parser = _parser()
        parser.StartElementHandler = _relation
        _feed(parser, chunks())
        return
    glance = _Glance()
    glance.read(chunks())
    if glance.closer:
        _Inspector().read(chunks())


class _Glance:
    """Parse up to the first element, then only look whether the bytes hold something to be read closely."""

    def __init__(self) -> None:
        self.closer = False
        self._begun = False
        self._parser = _parser()
        self._parser.StartElementHandler = self._start

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the part to its end. Raises PartFault for a DOCTYPE or for what is no XML."""
        kept, fed = b"", 0
        for chunk in chunks:
            if not self._begun:
                self._begin(chunk)
                fed += len(chunk)
                if fed > _LONGEST_TOKEN and not self._begun:
                    raise PartFault("内容不是规范的 XML", active=False)
                self.closer = self.closer or _OTHER_ENCODING.search(chunk) is not None
            window = kept + chunk
            self.closer = self.closer or _worth_reading(window)
            kept = window[-_OVERLAP:]
        if not self._begun:
            raise PartFault("内容不是规范的 XML", active=False)

    def _begin(self, chunk: bytes) -> None:
        """Parse a little at a time: the first element of most parts stands in their first line."""
        for start in range(0, len(chunk), _LITTLE):
            _feed_one(self._parser, chunk[start : start + _LITTLE])
            if self._begun:
                return

    def _start(self, _tag: str, _attributes: dict[str, str]) -> None:
        self._begun = True


def _worth_reading(window: bytes) -> bool:
    # A zero byte means UTF-16, in which a look at bytes is blind.
    if b"\0" in window or any(name in window for name in _RARE_NAMES):
        return True
    return _FORMULA_OR_FIELD.search(window) is not None


class _Inspector:
    """Gather formulas and field codes of one part; runs and nesting are put together as Word does."""

    def __init__(self) -> None:
        self._formula: list[str] | None = None
        self._code: list[str] | None = None
        self._fields: list[list[str]] = []
        self._gathered = 0
        self._parser = _parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, chunks: Iterable[bytes]) -> None:
        """Parse the part. Raises PartFault at the first active formula or field."""
        _feed(self._parser, chunks)
        while self._fields:
            _check_field("".join(self._fields.pop()))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if local in _FORMULAS:
            # Formulas are judged one by one, codes only when their field ends.
            self._formula = []
            if not self._fields:
                self._gathered = 0
        elif local == "instrText":
            self._code = []
        elif local == "fldSimple":
            _check_field(_attribute(attributes, "instr"))
        elif local == "fldChar":
            self._field_mark(_attribute(attributes, "fldCharType"))

    def _field_mark(self, mark: str) -> None:
        if mark == "begin":
            self._fields.append([])
        elif self._fields and mark == "separate":
            # The result follows; only the code before it counts, once.
            _check_field("".join(self._fields[-1]))
        elif self._fields and mark == "end":
            _check_field("".join(self._fields.pop()))

    def _end(self, tag: str) -> None:
        local = _local(tag)
        if local in _FORMULAS and self._formula is not None:
            _check_formula("".join(self._formula))
            self._formula = None
        elif local == "instrText" and self._code is not None:
            if self._fields:
                self._fields[-1].extend(self._code)
            else:
                _check_field("".join(self._code))
            self._code = None

    def _text(self, text: str) -> None:
        if self._formula is not None:
            self._formula.append(text)
        if self._code is not None:
            self._code.append(text)
        if self._formula is not None or self._code is not None:
            self._gathered += len(text)
            if self._gathered > _MOST_GATHERED:
                raise PartFault("公式或域代码长得不正常", active=True)


def _check_formula(formula: str) -> None:
    if _ACTIVE_FORMULA.search(formula):
        raise PartFault("公式引用了外部内容", active=True)


def _check_field(code: str) -> None:
    words = code.split()
    if not words:
        return
    name = words[0].upper()
    inside = name == "HYPERLINK" and len(words) > 1 and words[1].lower() == "\\l"
    if not inside and not name.startswith("=") and name not in _HARMLESS_FIELDS:
        raise PartFault("域代码引用了外部内容", active=True)


def _relation(_tag: str, attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "")
    if _ACTIVE_RELATION.search(kind):
        raise PartFault("带有宏、控件或嵌入对象", active=True)
    if attributes.get("TargetMode", "").strip().lower() == "external":
        raise PartFault("带有外部链接", active=True)
    if _ELSEWHERE.search(attributes.get("Target", "")):
        raise PartFault("带有外部链接", active=True)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    return parser


def _doctype(_name: str, _system: str | None, _public: str | None, _internal: int) -> None:
    raise PartFault("带有 DOCTYPE", active=True)


def _feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    fed = 0
    for chunk in chunks:
        _feed_one(parser, chunk)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise PartFault("内容不是规范的 XML", active=False)
    _feed_one(parser, b"", last=True)


def _feed_one(parser: expat.XMLParserType, chunk: bytes, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except (expat.ExpatError, ValueError, LookupError):
        raise PartFault("内容不是规范的 XML", active=False) from None


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _attribute(attributes: dict[str, str], local: str) -> str:
    for name, value in attributes.items():
        if _local(name) == local:
            return value
    return ""
