"""The documents only a county makes, beside those every office makes (office/papers/catalogue.py)."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.county.behalf.blank_workbook import BLANK_PAPERS
from lianxin.county.certificates.key_papers import KEY_PAPERS
from lianxin.county.figures.bulletin import BULLETIN_PAPERS
from lianxin.county.figures.town_papers import TOWN_PAPERS
from lianxin.county.referrals.papers import REFERRAL_PAPERS
from lianxin.office.paperwork.paper import Paper

COUNTY_PAPERS: Mapping[str, Paper] = {
    paper.name: paper
    for paper in (*TOWN_PAPERS, *KEY_PAPERS, *BULLETIN_PAPERS, *REFERRAL_PAPERS, *BLANK_PAPERS)
}
