"""Ledgers: labels from the dictionary, the page set up for paper, and nothing personal in what leaves the house."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.documents.blackout import blacked_out
from lianxin.documents.workbooks.ledger import Column, fitted_widths, ledger_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.opinion_ledger import OpinionLine, opinion_ledger_xlsx
from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.records import Contact, HandlingUnit, Person, Visitor
from tests.documents.reading_back import every_byte, first_sheet, headings, opened

SECRETS = ("田金玉", "13912342217", "431230199001011234", "长坪村三组12号")


def names(kind: str, uid: str) -> str:
    return {("station", "s1"): "石牌镇代表联络站", ("region", "v1"): "长坪村"}.get((kind, uid), "")


def contact(**more: str) -> Contact:
    return Contact(
        uid="c1",
        number="433130102-2026-JF0037",
        channel="reception_day",
        day=date(2026, 11, 20),
        at=time(9, 5),
        station="s1",
        words=more.get("words", "三组饮水管破损，26户断水4天。"),
        persons=3,
    )


def visitor() -> Visitor:
    name, phone, identity, address = SECRETS
    return Visitor(
        uid="v", contact="c1", name=name, phone=phone, identity_number=identity, address=address, sex="female",
        age="45_59", village="v1", confidential=True,
    )  # fmt: skip


def ledger(kind: type[Record], *rows: Record, redact: bool = False) -> bytes:
    return ledger_xlsx(kind, rows, title="台账", office_name="石牌镇人大", redact=redact, names=names)


def counted(labels: list[str]) -> list[str]:
    """The headings of a ledger: rows are counted unless the kind has an order of its own."""
    return labels if "序号" in labels else ["序号", *labels]


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_has_its_ledger_with_the_labels_of_the_dictionary(kind: type[Record]) -> None:
    sheet = first_sheet(ledger(kind))
    assert headings(sheet) == counted([spec.label for spec in kind.fields() if spec.ledger])
    assert sheet["A4"].value == "没有记录"


@pytest.mark.parametrize("kind", kinds())
def test_redacted_ledgers_have_no_column_that_may_be_withheld(kind: type[Record]) -> None:
    open_labels = [spec.label for spec in kind.fields() if spec.ledger and not spec.withheld_able]
    assert headings(first_sheet(ledger(kind, redact=True))) == counted(open_labels)


def test_values_are_words_numbers_and_days() -> None:
    sheet = first_sheet(ledger(Contact, contact()))
    row = dict(zip(headings(sheet), next(sheet.iter_rows(min_row=4, values_only=True)), strict=True))
    assert row["类型"] == "接待日接访"
    assert row["日期"] == datetime(2026, 11, 20)
    assert (row["时刻"], row["站点"], row["人次"], row["当场答复"]) == ("09:05", "石牌镇代表联络站", 3, "否")


def test_a_phone_is_text_when_it_may_be_seen() -> None:
    sheet = first_sheet(ledger(Person, Person(uid="p", name="龙志明", phone="13912342217")))
    cell = sheet.cell(4, headings(sheet).index("联系电话") + 1)
    assert (cell.value, cell.number_format, cell.data_type) == ("13912342217", "@", "s")


def test_the_page_is_a4_landscape_with_a_head_that_stays_and_repeats() -> None:
    packed = ledger(Contact, *[contact()] * 5)
    sheet = first_sheet(packed)
    assert sheet["A1"].value == "台账" and "A1:R1" in {str(area) for area in sheet.merged_cells.ranges}
    assert (sheet["A2"].value, sheet.freeze_panes, sheet.print_title_rows) == ("石牌镇人大", "A4", "$1:$3")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.auto_filter.ref == "A3:R8"


def test_redacted_visitors_hold_nothing_personal_in_any_byte() -> None:
    seen, hidden = every_byte(ledger(Visitor, visitor())), every_byte(ledger(Visitor, visitor(), redact=True))
    for secret in (*SECRETS, "女", "45—59岁"):
        assert secret.encode() not in hidden
    assert SECRETS[0].encode() in seen and SECRETS[1].encode() in seen
    unit = HandlingUnit(uid="u", name="镇水务站", phone="07436721234")
    assert b"07436721234" not in every_byte(ledger(HandlingUnit, unit, redact=True))


def test_numbers_in_original_words_do_not_leave_the_house() -> None:
    words = "请打１３９ 1234-2217，身份证431230199001011234，座机0743-6721234，26户断水4天"
    hidden = str(first_sheet(ledger(Contact, contact(words=words), redact=True))["I4"].value)
    assert hidden == "请打（号码略），身份证（号码略），座机（号码略），26户断水4天"
    assert "1234-2217" in str(first_sheet(ledger(Contact, contact(words=words)))["I4"].value)


@pytest.mark.parametrize(
    "text", ["2026年11月20日", "433130102-2026-JF0037", "资金12345678901234元、3户7人", "2026-11-20 10:41"]
)
def test_other_numbers_stay(text: str) -> None:
    assert blacked_out(text) == text


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(), st.text())
def test_no_mobile_number_survives_between_any_words(phone: str, before: str, after: str) -> None:
    before, after = (
        before.rstrip("0123456789０１２３４５６７８９"),
        after.lstrip("0123456789０１２３４５６７８９"),
    )
    assert phone not in blacked_out(before + phone + after)


def line(**more: str) -> OpinionLine:
    return OpinionLine(
        number="YJ0001",
        source="接待日接访",
        raised=date(2026, 11, 20),
        visitors=("田金玉", "覃春生"),
        persons=7,
        deputies=("周桂兰",),
        village="长坪村",
        category="饮水水利",
        summary=more.get("summary", "田金玉反映三组饮水管破损，电话13912342217"),
        remark=more.get("remark", "覃春生再次来电"),
        satisfaction="满意",
    )


def opinions(*lines: OpinionLine, redact: bool) -> bytes:
    return opinion_ledger_xlsx(lines, office_name="石牌镇人大", redact=redact)


def test_the_opinion_ledger_has_the_columns_counties_ask_for() -> None:
    expected = "序号 编号 来源 反映时间 反映人/代表 村（社区） 类别 内容摘要 承办单位 交办时间 办理进度 办理结果 答复时间 满意度 备注"
    sheet = first_sheet(opinions(line(), redact=False))
    assert headings(sheet) == expected.split()
    assert sheet["E4"].value == "田金玉、覃春生等7人、周桂兰"


def test_the_redacted_opinion_ledger_counts_people_instead_of_naming_them() -> None:
    packed = opinions(line(), redact=True)
    sheet = first_sheet(packed)
    assert (sheet["E3"].value, sheet["E4"].value) == ("反映人数", "群众7人、代表1人")
    assert (sheet["H4"].value, sheet["O4"].value) == (
        "某某反映三组饮水管破损，电话（号码略）",
        "某某再次来电",
    )
    held = every_byte(packed)
    for secret in ("田金玉", "覃春生", "周桂兰", "13912342217"):
        assert secret.encode() not in held


def test_a_summary_has_sixty_characters_and_no_line_breaks() -> None:
    shown = str(first_sheet(opinions(line(summary="断水\n" + "字" * 90), redact=False))["H4"].value)
    assert len(shown) == 60 and shown.startswith("断水 字") and shown.endswith("…")


@settings(max_examples=25)
@given(st.lists(st.text(max_size=200), max_size=4), st.text(max_size=40))
def test_any_words_make_a_ledger_that_opens_and_is_equal_the_second_time(
    words: list[str], title: str
) -> None:
    rows = [contact(words=text) for text in words]

    def once() -> bytes:
        return ledger_xlsx(Contact, rows, title=title, office_name="镇人大", redact=True, names=names)

    packed = once()
    assert packed == once()
    assert opened(packed).worksheets[0].max_row == 3 + max(1, len(words))


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=400)), max_size=5))
def test_columns_keep_to_the_paper_while_there_is_room(body: list[tuple[str, str]]) -> None:
    columns = (Column("编号", Look.MIDDLE), Column("反映内容", Look.TEXT, share=2))
    widths = fitted_widths(columns, body)
    assert all(width >= 5 for width in widths) and sum(widths) <= 165


def test_an_opinion_ledger_of_the_house_has_charts_over_its_own_counts() -> None:
    lines = [OpinionLine(category="交通", progress="已答复"), OpinionLine(category="交通"), OpinionLine()]
    made = opinion_ledger_xlsx(lines, office_name="镇人大", redact=False)
    assert made == opinion_ledger_xlsx(lines, office_name="镇人大", redact=False)
    sheet = opened(made)["统计图"]
    told = {str(row[0].value): row[1].value for row in sheet.iter_rows(max_col=2)}
    assert (told["交通"], told["已答复"]) == (2, 1)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert "xl/charts/chart2.xml" in parts.namelist()
    assert len(opened(opinion_ledger_xlsx(lines, office_name="镇人大", redact=True)).worksheets) == 1
