"""Rotation: late days, weeks and months are each still represented, and nothing foreign is ever touched."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lianxin.store.backup_rotation import latest_backup, made_at, prune, surplus


def named(moment: datetime, number: str = "") -> Path:
    return Path(f"连心备份_{moment:%Y%m%d-%H%M}{number}.lxbak")


moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(
    lambda m: m.replace(second=0, microsecond=0)
)


def kept_of(made: set[datetime]) -> list[datetime]:
    paths = {named(moment) for moment in made}
    return sorted((m for path in paths - set(surplus(paths)) if (m := made_at(path))), reverse=True)


@given(st.sets(moments, max_size=60))
def test_the_newest_of_each_late_day_week_and_month_stays(made: set[datetime]) -> None:
    kept = kept_of(made)
    for spans, count in (
        ({m: m.toordinal() * 24 + m.hour for m in made}, 8),
        ({m: m.date().toordinal() for m in made}, 12),
        ({m: m.date().toordinal() - m.weekday() for m in made}, 10),
        ({m: m.year * 12 + m.month for m in made}, 9),
    ):
        for span in sorted(set(spans.values()), reverse=True)[:count]:
            assert max(m for m in made if spans[m] == span) in kept
    assert len(kept) <= 8 + 12 + 10 + 9


@given(st.sets(moments, min_size=1, max_size=40))
def test_pruning_again_finds_nothing_more(made: set[datetime]) -> None:
    paths = {named(moment) for moment in made}
    left = paths - set(surplus(paths))
    assert surplus(left) == []
    assert named(max(made)) in left


def test_a_year_of_daily_backups_leaves_a_good_two_dozen() -> None:
    days = {datetime(2026, 1, 1, 16, 20) + timedelta(days=number) for number in range(365)}
    kept = kept_of(days)
    assert [moment.date() for moment in kept[:12]] == [
        date(2026, 12, 31) - timedelta(days=number) for number in range(12)
    ]
    assert kept[-1].date() == date(2026, 4, 30)
    assert 24 <= len(kept) <= 28


def test_pruning_deletes_our_surplus_and_nothing_else(tmp_path: Path) -> None:
    morning, evening = datetime(2026, 11, 3, 16, 0), datetime(2026, 11, 3, 16, 20)
    for path in (
        named(morning),
        named(evening),
        named(evening, "（2）"),
        Path("连心备份_交接.lxbak"),
        Path("a.xlsx"),
    ):
        (tmp_path / path).write_bytes(b"x")
    gone = prune(tmp_path)
    assert {path.name for path in gone} == {named(morning).name, named(evening).name}
    assert {path.name for path in tmp_path.iterdir()} == {
        named(evening, "（2）").name,
        "连心备份_交接.lxbak",
        "a.xlsx",
    }
    assert latest_backup(tmp_path) == tmp_path / named(evening, "（2）")
    assert latest_backup(tmp_path / "nowhere") is None


def test_a_backup_just_made_stays_even_when_the_clock_says_1970(tmp_path: Path) -> None:
    for day in range(40):
        (tmp_path / named(datetime(2026, 1, 1) + timedelta(days=30 * day))).touch()
    fresh = tmp_path / named(datetime(1970, 1, 1))
    fresh.touch()
    assert fresh not in prune(tmp_path, keep=fresh) and fresh.exists()


def test_backups_of_a_clock_that_ran_ahead_take_nobodys_place(tmp_path: Path) -> None:
    ahead = [named(datetime(2035, 1, day, 9)) for day in range(1, 15)]
    days = [named(datetime(2026, 11, day, 9)) for day in range(1, 8)]
    for path in (*ahead, *days):
        (tmp_path / path).touch()
    prune(tmp_path, keep=tmp_path / days[-1])
    assert all((tmp_path / path).exists() for path in days)
    assert 12 <= sum((tmp_path / path).exists() for path in ahead) <= 14
