"""Files, functions and classes stay small, and files are named after the thing they hold."""

from pathlib import Path

import pytest

from tests.house.measures import ROOT, measured_files, measures, measures_of, past_limits

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "controller", "misc"}


def class_of(methods: int) -> str:
    """Source of a class with so many public methods and a private one."""
    public = "".join(f"    def m{number}(self): ...\n" for number in range(methods))
    return f"class C:\n{public}    def _m(self): ...\n"


def vague(paths: list[Path]) -> list[str]:
    """The paths with a part that names no noun of ours."""
    return [str(path) for path in paths if VAGUE_NAMES & {part.removesuffix(".py") for part in path.parts}]


def test_nothing_is_past_its_limit() -> None:
    found = measures(measured_files())
    assert len(found) > 10
    assert past_limits(found) == []


def test_every_file_is_named_after_a_noun() -> None:
    assert vague([path.relative_to(ROOT) for path in measured_files()]) == []


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("x = 1\n" * 450, []),
        ("x = 1\n" * 451, ["file a.py: 451, limit 450"]),
        ("def f() -> None:\n" + "    x = 1\n" * 79, []),
        ("def f() -> None:\n" + "    x = 1\n" * 80, ["function a.py:f: 81, limit 80"]),
        (class_of(25), []),
        (class_of(26), ["class a.py:C: 26, limit 25"]),
    ],
)
def test_the_limits_are_where_they_are_said_to_be(source: str, verdict: list[str]) -> None:
    assert past_limits(measures_of(source, "a.py")) == verdict


def test_a_vague_name_is_found_as_file_and_as_folder() -> None:
    paths = [Path("ui/helpers.py"), Path("common/x.py"), Path("keys/trust.py")]
    assert vague(paths) == [str(paths[0]), str(paths[1])]
