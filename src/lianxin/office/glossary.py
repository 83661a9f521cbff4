"""The words of the work, the code lists and the fields, as chapters of the manual made from the dictionary."""

from __future__ import annotations

from collections.abc import Iterator

import lianxin.domain.records  # noqa: F401 - declares the kinds
from lianxin.domain.codes import CodeList
from lianxin.domain.dictionary import Record, Spec, kind_named, kinds
from lianxin.installed import resource_dir

WORDS, CODES, FIELDS = "words", "codes", "fields"
"""Keys of the three chapters."""

_VALUES = {
    "text": "文字", "lines": "文字，可以几行", "name": "姓名", "phone": "电话", "identity": "身份证号", "day": "日期",
    "month": "月份", "clock": "时间", "count": "数", "year": "年度", "decimal": "数，可以有小数", "yes_no": "是或否",
    "code": "选一项", "codes": "可以选几项",
}  # fmt: skip
_PRIVATE = {"personal": "个人信息", "sensitive": "敏感个人信息"}


def glossary_chapters() -> Iterator[tuple[str, str]]:
    """Key and Markdown of each chapter."""
    yield WORDS, "\n".join(_words())
    yield CODES, "\n".join(_codes())
    yield FIELDS, "\n".join(_fields())


def terms() -> tuple[tuple[str, str, str, str], ...]:
    """Subject, word, what it means and where that is written, of every explained word."""
    rows = (resource_dir() / "glossary.tsv").read_text("utf-8").splitlines()[1:]
    return tuple((cells[0], cells[1], cells[2], cells[3]) for cells in (row.split("\t") for row in rows))


def _words() -> Iterator[str]:
    yield "# 词汇"
    yield "\n工作里的说法，和它们在本程序里的意思。选项见[选项的意思](codes)，栏目见[记录和栏目](fields)。"
    subject = ""
    for of, word, meaning, source in terms():
        if of != subject:
            subject = of
            yield f"\n## {of}\n"
        yield f"**{word}**：{meaning}{f'（{source}）' if source else ''}\n"


def _codes() -> Iterator[str]:
    yield "# 选项的意思"
    yield "\n可以选的栏目有哪些选项。括号里是旧台账的写法，导入时也认得。\n"
    explained = {word: meaning for _, word, meaning, _ in terms()}
    for codes in _lists():
        yield f"## {codes.label}\n"
        if codes.label in explained:
            yield f"{explained[codes.label]}\n"
        for code in codes.codes:
            others = f"（{'、'.join(code.synonyms)}）" if code.synonyms else ""
            yield f"- {code.label}{others}{_after(explained.get(code.label))}"
        yield ""


def _lists() -> Iterator[CodeList]:
    seen: set[str] = set()
    for cls in kinds():
        for spec in cls.fields():
            codes = spec.kind.codes
            if codes is not None and codes.name not in seen:
                seen.add(codes.name)
                yield codes


def _fields() -> Iterator[str]:
    yield "# 记录和栏目"
    yield "\n每一种记录有哪些栏目。标“个人信息”的，列表里遮住一部分，报送时默认不带。\n"
    for cls in kinds():
        yield f"## {cls.LABEL}\n"
        yield _about(cls)
        for spec in cls.fields():
            yield f"- **{spec.label}**：{_of_field(spec)}"
        yield ""


def _about(cls: type[Record]) -> str:
    parts = []
    if cls.PARENT:
        parts.append(f"是“{_label(cls.spec(cls.PARENT).kind.refers)}”下面的一条。")
    if cls.NUMBERED:
        parts.append(f"编号以 {cls.NUMBERED} 开头，自动编。")
    if cls.AUDIENCE == "local":
        parts.append("只在这台电脑上，不报送。")
    return "".join(parts) + "\n" if parts else ""


def _of_field(spec: Spec) -> str:
    words = [_value(spec)]
    if spec.required:
        words.append("必填")
    if spec.unit:
        words.append(f"单位是{spec.unit}")
    if spec.privacy in _PRIVATE:
        words.append(_PRIVATE[spec.privacy])
    told = "，".join(words)
    also = f"旧台账里写“{'”“'.join(spec.synonyms)}”的也认得。" if spec.synonyms else ""
    return f"{told}。{_sentence(spec.note)}{also}"


def _value(spec: Spec) -> str:
    kind = spec.kind
    if kind.refers:
        return f"选{_label(kind.refers)}"
    if kind.codes is not None and len(kind.codes.codes) <= 6:
        return f"{_VALUES[kind.name]}（{'、'.join(code.label for code in kind.codes.codes)}）"
    return _VALUES.get(kind.name, "由程序填写")


def _label(kind: str) -> str:
    try:
        return kind_named(kind).LABEL
    except KeyError:
        return "记录"


def _sentence(note: str) -> str:
    return f"{note.rstrip('。')}。" if note else ""


def _after(meaning: str | None) -> str:
    return f"：{meaning}" if meaning else ""
