"""The sentence for reports: whole, in the office's words, and silent about what is not known."""

from datetime import date

import pytest

from lianxin.documents.paragraph import ParagraphFigures, one_paragraph, period_words

YEAR = ParagraphFigures(date(2026, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 1, 1), date(2026, 11, 30), "今年1—11月"),
        (date(2026, 11, 1), date(2026, 11, 30), "今年11月"),
        (date(2025, 1, 1), date(2025, 3, 31), "2025年第一季度"),
        (date(2026, 7, 1), date(2026, 12, 31), "今年下半年"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025年全年"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        (date(2026, 2, 1), date(2026, 2, 27), "2026年2月1日至27日"),
        (date(2025, 12, 26), date(2026, 1, 25), "2025年12月26日至2026年1月25日"),
    ],
)
def test_a_period_is_said_as_people_say_it(first: date, last: date, words: str) -> None:
    assert period_words(first, last, this_year=2026) == words


def test_the_sentence_of_the_county() -> None:
    figures = ParagraphFigures(
        YEAR.first, YEAR.last, received=703, opinions=86, closed=70, close_rate="81.4%"
    )
    assert one_paragraph(figures, this_year=2026) == (
        "今年1—11月，我镇共接待群众703人次，收集意见建议86条，办结70条，办结率81.4%。"
    )


def test_a_rate_without_denominator_is_not_said() -> None:
    figures = ParagraphFigures(YEAR.first, YEAR.last, opinions=0, close_rate="—", satisfaction_rate=None)
    assert one_paragraph(figures, this_year=2026) == "今年1—11月，我镇共收集意见建议0条。"


def test_all_parts_and_the_countys_own_period() -> None:
    figures = ParagraphFigures(
        YEAR.first, YEAR.last, office="我乡", reception_days=11, deputies=25, received=703, households=40,
        opinions=86, answered=20, assigned=50, to_county=6, closed=70, close_rate="81.4%", satisfaction_rate="95%",
    )  # fmt: skip
    assert one_paragraph(figures, this_year=2026, period="截至11月25日") == (
        "截至11月25日，我乡共开展代表接待日11次，代表25人次参加，接待群众703人次，走访40户，收集意见建议86条，"
        "当场答复20条，转交办理50条，转报县人大6条，办结70条，办结率81.4%，满意率95%。"
    )


def test_nothing_to_say_is_said() -> None:
    assert one_paragraph(YEAR, this_year=2026) == "今年1—11月，我镇没有接待和收集意见建议的记录。"
