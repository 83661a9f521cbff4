"""The reception form: the order of the paper, one page, room to write by hand, nothing lost of long words."""

import dataclasses
import re
from datetime import date, time

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.documents.forms.reception_form import CONTINUED, ReceptionSheet, reception_form_docx
from lianxin.domain import codes
from lianxin.domain.records import Assignment, Contact, Opinion, Reply, Satisfaction, Visitor
from tests.documents.reading_back import all_text, document

ORDER = [
    "接待时间",
    "接待地点",
    "接待代表",
    "陪同/记录人",
    "来访人",
    "姓名",
    "性别",
    "电话",
    "住址",
    "年龄",
    "人次",
    "反映内容",
    "诉求",
    "拟办意见",
    "类别",
    "当场答复",
    "转交单位",
    "办理期限",
    "办理结果",
    "反馈情况",
    "来访人签名",
    "代表签名",
    "个人信息告知",
]
CONTACT = Contact(
    uid="c", number="JF0037", channel="reception_day", day=date(2026, 11, 20), at=time(10, 41), station="s",
    deputies="周桂兰、龙志明", words="三组饮水管破损，26户断水4天。", persons=3, answered=True, answer="已联系水务站",
    recorder="向光明", paper_number="0125", request="尽快恢复供水",
)  # fmt: skip
VISITOR = Visitor(
    uid="v", contact="c", name="田金玉", sex="female", age="45_59", phone="13912342217", village="r", address="三组",
    informed=True,
)  # fmt: skip
FILLED = ReceptionSheet(
    contact=CONTACT,
    visitors=(VISITOR,),
    opinions=(Opinion(uid="o", title="饮水", words="饮水", category="02", registered=date(2026, 11, 20)),),
    assignment=Assignment(uid="a", opinion="o", day=date(2026, 11, 20), unit="u", due=date(2026, 12, 4)),
    reply=Reply(uid="r", opinion="o", day=date(2026, 11, 29), result="A", words="已更换管道"),
    satisfaction=Satisfaction(uid="s", opinion="o", day=date(2026, 12, 1), overall="satisfied"),
)


def names(kind: str, uid: str) -> str:
    return {"s": "石牌镇代表联络站", "r": "长坪村", "u": "镇水务站"}[uid] if kind else ""


def form(sheet: ReceptionSheet, paper_number: str = "") -> bytes:
    return reception_form_docx(sheet, office_name="石牌镇人大", names=names, paper_number=paper_number)


def with_words(words: str) -> ReceptionSheet:
    return dataclasses.replace(FILLED, contact=dataclasses.replace(CONTACT, words=words))


@pytest.mark.parametrize("sheet", [ReceptionSheet(), FILLED])
def test_fields_stand_in_the_order_of_the_paper(sheet: ReceptionSheet) -> None:
    text = all_text(form(sheet))
    places = []
    at = 0
    for label in ORDER:
        at = text.index(label, at)
        places.append(at)
    assert places == sorted(places)


def test_a_filled_form_shows_the_visit_and_ticks_its_codes() -> None:
    text = all_text(form(FILLED)).replace("\n", "")
    for words in (
        "JF0037", "表号：0125", "2026年11月20日 10:41", "石牌镇代表联络站", "田金玉", "长坪村三组", "13912342217", "☑女",
        "☑45—59岁", "☑饮水水利", "三组饮水管破损，26户断水4天。", "尽快恢复供水", "☑是　□否", "已联系水务站", "镇水务站",
        "2026年12月4日", "☑A 已解决", "已更换管道", "☑满意", "☑已告知", "☑电话",
    ):  # fmt: skip
        assert words in text, words


def test_a_blank_form_ticks_nothing_and_has_every_box() -> None:
    text = all_text(form(ReceptionSheet(), "0126"))
    assert "☑" not in text and "表号：0126" in text
    listed = (codes.SEX, codes.AGE_BAND, codes.CATEGORY, codes.RESULT, codes.SATISFACTION, codes.MEANS)
    assert text.count("□") == sum(len(one.codes) for one in listed) + 3


def heights(packed: bytes) -> list[float]:
    """Heights of the table's rows in millimetres; all exact."""
    found = []
    for row in document(packed).tables[0]._tbl.tr_lst:
        height = row.find(f".//{qn('w:trHeight')}")
        assert height is not None and height.get(qn("w:hRule")) == "exact"
        found.append(int(str(height.get(qn("w:val")))) * 25.4 / 1440)
    return found


@pytest.mark.parametrize("sheet", [ReceptionSheet(), FILLED, with_words("长" * 4000)])
def test_the_table_fits_on_one_page_and_a_signature_has_its_room(sheet: ReceptionSheet) -> None:
    found = heights(form(sheet))
    # 297 mm less the margins and the two lines of heading (50 pt)
    assert sum(found) + 50 * 25.4 / 72 < 297 - 12 - 16
    assert found[-2] >= 12


def test_the_blank_form_has_eight_lines_to_write_on() -> None:
    ruled = document(form(ReceptionSheet())).tables[0]._tbl.xml.count("<w:pBdr>")
    assert ruled == 8


def test_rows_are_as_wide_as_the_paper_allows() -> None:
    table = document(form(FILLED)).tables[0]._tbl
    for row in table.tr_lst:
        widths = [int(str(cell.find(f".//{qn('w:tcW')}").get(qn("w:w")))) for cell in row.tc_lst]
        assert abs(sum(widths) * 25.4 / 1440 - 172) < 0.2


def test_the_footer_tells_the_steps_and_the_page() -> None:
    footer = document(form(ReceptionSheet())).sections[0].footer
    text = "".join(one.text for one in footer.paragraphs)
    assert "提前3天公告" in text and "归档并报县人大" in text
    assert re.findall(r"instrText[^>]*> (\w+) <", footer._element.xml) == ["PAGE", "NUMPAGES"]


@settings(max_examples=25)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=4000))
def test_no_word_of_what_was_said_is_lost(words: str) -> None:
    text = all_text(form(with_words(words)))
    flat = text.replace("\n", "")
    if CONTINUED in flat:
        head, rest = flat.split(CONTINUED, 1)[0], flat.split("（续）", 1)[1]
        assert words.endswith(rest) and head.endswith(words[: len(words) - len(rest)])
    else:
        assert words in flat


def test_the_names_of_those_who_wish_it_are_not_shown() -> None:
    hidden = dataclasses.replace(VISITOR, anonymous=True)
    assert "田金玉" not in all_text(form(dataclasses.replace(FILLED, visitors=(hidden,))))
    text = all_text(
        form(dataclasses.replace(FILLED, visitors=(dataclasses.replace(VISITOR, confidential=True),)))
    )
    assert "田金玉（保密）" in text


def test_equal_sheets_give_equal_bytes() -> None:
    assert form(FILLED) == form(FILLED)
