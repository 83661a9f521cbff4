"""先看示例数据: a fictional township made from the ledgers that travel with the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.installed import samples_dir
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.setting_up import Beginning

if TYPE_CHECKING:
    from lianxin.office.importing.ledger_import import Imported

SAMPLE_OFFICE = Beginning(
    role="township",
    code="439901102",
    name="清江县石牌镇人民代表大会主席团",
    county_name="清江县人民代表大会常务委员会",
    station="石牌镇代表联络站",
    term=19,
)
"""The invented office of the sample ledgers."""

SAMPLE_NEIGHBOUR = Beginning(
    role="township",
    code="439901103",
    name="清江县响水乡人民代表大会主席团",
    county_uses="yes",
    county_name="清江县人民代表大会常务委员会",
    station="响水乡代表联络站",
    term=19,
)
"""Another township of the same invented county, so that a county of the demo has more than one to tell apart."""

SAMPLE_COUNTY = Beginning(
    role="county", code="439901", name="清江县人民代表大会常务委员会", county_uses="yes", term=19
)
"""The invented county that receives what the sample offices send."""

PASSPHRASE_FILE = "示例口令.txt"
"""The passphrase of a sample office lies openly in its folder: there is nothing real to protect."""

Ledgers = Sequence[tuple[str, str, str]]
"""Kind, name for people, and which of the sample files."""

SAMPLE_LEDGERS: Ledgers = (
    ("deputies", "代表花名册", "石牌镇*花名册.xlsx"),
    ("contact", "接待群众台账", "石牌镇*接待群众台账.xlsx"),
)
NEIGHBOUR_LEDGERS: Ledgers = (("contact", "接待群众台账", "响水乡*接待群众台账.csv"),)


def import_samples(
    desk: Desk,
    *,
    ledgers: Ledgers = SAMPLE_LEDGERS,
    tell: Callable[[int, int, str], None] = lambda done, total, words: None,
) -> Iterator[tuple[str, Imported]]:
    """Imports one sample ledger after the other; answers what each is called and what came of it."""
    # Reading ledgers is loaded when a sample is made, not at every start.
    from lianxin.office.importing.ledger_import import import_ledger
    from lianxin.office.sample.activities import make_sample_activities
    from lianxin.office.sample.meetings import make_sample_meetings
    from lianxin.office.sample.reports import make_sample_reports
    from lianxin.office.sample.scores import make_sample_scores
    from lianxin.office.sample.suggestions import make_sample_suggestions
    from lianxin.office.sample.votes import make_sample_votes

    for place, (kind, label, pattern) in enumerate(ledgers):
        tell(place, len(ledgers), f"导入{label}")
        path = next(iter(sorted(samples_dir().glob(pattern))))
        yield label, import_ledger(desk, kind=kind, path=path, preview=False)
    if ledgers is SAMPLE_LEDGERS:
        make_sample_suggestions(desk)
        make_sample_activities(desk)
        make_sample_meetings(desk)
        make_sample_reports(desk)
        make_sample_votes(desk)
        make_sample_scores(desk)
    tell(len(ledgers), len(ledgers), "")


def sample_passphrase(home: Path) -> str | None:
    """The passphrase of a sample office; None when this is no sample office."""
    try:
        return (home / PASSPHRASE_FILE).read_text("utf-8").strip() or None
    except OSError:
        return None
