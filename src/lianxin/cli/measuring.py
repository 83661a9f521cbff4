"""`document --check`: measures a Word document against GB/T 9704-2012; needs no office and changes nothing."""

from __future__ import annotations

from pathlib import Path

from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice


def run_check_document(file: Path, voice: Voice) -> int:
    """One line for each deviation and one for the whole; exit 1 when the document deviates. Remarks do not count."""
    from lianxin.documents.measuring.findings import NotMeasurable
    from lianxin.documents.measuring.official_check import check_official

    if not file.is_file():
        raise CommandProblem(f"没有找到文件 {file}，没有改动任何数据", code="C207")
    try:
        found = check_official(file.read_bytes())
    except NotMeasurable as wrong:
        raise CommandProblem(f"{file.name}：{wrong}", code="C211") from wrong
    for each in found:
        voice.tell(
            {
                "place": each.place,
                "what": each.what,
                "found": each.found,
                "asked": each.asked,
                "clause": each.clause,
                "weight": each.weight,
            },
            each.words if each.weight == "deviation" else f"提示：{each.words}",
        )
    deviations = sum(each.weight == "deviation" for each in found)
    remarks = len(found) - deviations
    words = f"{deviations}处不符合公文格式" if deviations else "符合公文格式（GB/T 9704-2012），没有不符之处"
    voice.tell(
        {"file": str(file), "ok": not deviations, "deviations": deviations, "remarks": remarks},
        f"{file.name}：{words}{f'，另有{remarks}处提示' if remarks else ''}",
    )
    return REFUSED if deviations else DONE
