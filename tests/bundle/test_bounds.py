"""What a hostile file can make us do stays bounded: long lines, long tags, endless formulas, packed objects."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import timedelta

import pytest

from lianxin.bundle.codes import Code
from lianxin.bundle.filetypes import Content
from lianxin.bundle.limits import MIB, Limits
from lianxin.bundle.line_reading import strict_blocks
from lianxin.bundle.officefiles import check_office_file
from lianxin.bundle.pdffiles import check_pdf_file
from lianxin.bundle.steps import check_clock
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import MAX_INTEGER, NotCanonical, canonical, parse_canonical
from tests.corpus.drafts import monthly_return
from tests.corpus.world import SENT


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> Code:
    return refusal.value.code


def lines(chunks: list[bytes], *, longest: int = 8, most: int = 3) -> list[bytes]:
    found: list[bytes] = []
    for before, part, block in strict_blocks(chunks, what="记录", longest=longest, most=most):
        assert before == len(found)
        assert block == b"".join(line + b"\n" for line in part)
        found += part
    return found


def test_lines_are_split_at_lf_only_wherever_chunks_end() -> None:
    assert lines([b"a\x0bb\r", b"\nc", b"\n", b""]) == [b"a\x0bb\r", b"c"]
    assert lines(["\u2028\u0085\n".encode()]) == ["\u2028\u0085".encode()]
    assert lines([]) == []


@pytest.mark.parametrize(
    "chunks",
    [[b"123456789\n"], [b"12345", b"6789\n"], [b"123456789"], [b"a\nb\nc\nd\n"], [b"a\nb"]],
    ids=["long", "long in two", "long without end", "many", "unfinished"],
)
def test_lines_beyond_their_bounds(chunks: list[bytes]) -> None:
    with pytest.raises(Refused) as refusal:
        lines(chunks)
    assert code_of(refusal) is Code.BAD_ENTRY


def workbook(part: str) -> io.BytesIO:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(monthly_return())) as usual,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book,
    ):
        for info in usual.infolist():
            book.writestr(info.filename, usual.read(info))
        book.writestr("xl/worksheets/sheet9.xml", part)
    return made


LONG = "x1" * (5 * MIB)


@pytest.mark.parametrize(
    "part",
    [
        f'<a x="{LONG}"/>',
        f'<a><f>1</f><b x="{LONG}"/></a>',
        f"<a><f>{LONG}</f></a>",
        f"<a><f>1</f><!--{LONG}--></a>",
    ],
    ids=["first tag", "later tag", "formula", "comment"],
)
def test_no_part_is_gathered_in_memory(part: str) -> None:
    limits = Limits(ratio=10_000)
    with pytest.raises(Refused) as refusal:
        check_office_file(workbook(part), Content.EXCEL, "表.xlsx", limits)
    assert code_of(refusal) in (Code.MAGIC, Code.ACTIVE_CONTENT)


def test_a_long_text_in_a_cell_is_no_fault() -> None:
    usual = f"<a><f>1</f><v>{LONG[:MIB]}</v></a>"
    check_office_file(workbook(usual), Content.EXCEL, "表.xlsx", Limits(ratio=10_000))


@pytest.mark.parametrize(
    "objects",
    [
        zlib.compress(bytes(17 * MIB)),
        zlib.compress(b"abc" * 100)[:-6],
        b"no stream at all",
    ],
    ids=["too large", "cut off", "not packed"],
)
def test_packed_pdf_objects_that_cannot_be_seen_whole(objects: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        check_pdf_file(io.BytesIO(b"%PDF-1.5\n<</Type/ObjStm>>stream\n" + objects), "报告.pdf")
    assert code_of(refusal) is Code.MAGIC


def test_a_script_late_in_packed_objects_is_found() -> None:
    packed = zlib.compress(bytes(9 * MIB) + b"/JavaScript (x)" + bytes(MIB))
    with pytest.raises(Refused) as refusal:
        check_pdf_file(
            io.BytesIO(b"%PDF-1.5\n<</Type/ObjStm>>stream\n" + packed + b"\nendstream"), "报告.pdf"
        )
    assert code_of(refusal) is Code.ACTIVE_CONTENT


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"b":1,"a":2}',
        '{"a": 1}',
        '{"a":1.0}',
        '{"a":1e3}',
        '{"a":-0}',
        '{"a":"\\u4e2d"}',
        '{"a":"\\ud800"}',
        '{"a":"\\u0000"}',
        '{"a":"\\/"}',
        f'{{"a":{MAX_INTEGER + 1}}}',
        f"{MAX_INTEGER + 1}",
        "[" * 9 + "]" * 9,
        "[" * 5_000 + "]" * 5_000,
        '{"a":1}\n',
        ' {"a":1}',
        "NaN",
        "1" * 5_000,
        "",
    ],
)
def test_only_one_spelling_is_canonical(text: str) -> None:
    with pytest.raises(NotCanonical):
        parse_canonical(text.encode())


def test_canonical_bytes_come_back() -> None:
    value = {"a": [1, -MAX_INTEGER, True, None, "中\u2028\x01"], "b": {"c": []}}
    assert parse_canonical(canonical(value)) == value
    assert parse_canonical(b"[[[[[[[[]]]]]]]]") == [[[[[[[[]]]]]]]]


def test_a_bundle_made_before_the_one_before_it() -> None:
    assert check_clock(SENT, None) == []
    assert check_clock(SENT, SENT) == []
    assert check_clock(SENT, SENT + timedelta(seconds=1)) == [Code.CLOCK_BACKWARD]
