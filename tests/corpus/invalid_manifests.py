"""Really signed by the right desk, with a manifest or files that no program of ours writes."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator

from lianxin.bundle.manifest import Role
from lianxin.domain.canonical import JsonValue
from tests.corpus.books import values_file, visits
from tests.corpus.cases import Case, signed
from tests.corpus.drafts import (
    LETTER,
    TOTALS,
    Draft,
    Held,
    Json,
    monthly_return,
    receipt,
    return_file,
    zipped,
)
from tests.corpus.valid import PNG, attachments, enrolment, profile
from tests.corpus.world import COUNTY, OFFICE_STREAM, OTHER, REPLICAS, SHIPAI, TO_STREAM, unenrolled

Raw = Callable[[bytes], bytes]


def cases() -> Iterator[Case]:
    """Every file of the kind."""
    yield from _json()
    yield from _facts()
    yield from _places()
    yield from _scope()
    yield from _lists()
    yield from _types()
    yield from _figures()


def _json() -> Iterator[Case]:
    def doubled(text: bytes) -> bytes:
        return text.replace(b'"seq":7', b'"seq":7,"seq":8')

    for name, raw, code, why in (
        ("json-broken", lambda text: text[:-3], "E202", "cut off before it was signed"),
        ("json-doubled-key", doubled, "E202", "one key twice with two values"),
        ("json-nan", lambda text: text.replace(b'"seq":7', b'"seq":NaN'), "E202", "NaN"),
        ("json-float", lambda text: text.replace(b'"seq":7', b'"seq":7.0'), "E202", "a float"),
        ("json-huge", lambda text: text.replace(b'"seq":7', b'"seq":9007199254740993'), "E202", "beyond 2^53"),
        ("json-bom", lambda text: b"\xef\xbb\xbf" + text, "E202", "a byte order mark"),
        ("json-surrogate", lambda text: text.replace(b'"prepared_by":"01"', b'"prepared_by":"\\ud800"'), "E202",
         "half a letter"),
        ("json-nul", lambda text: text.replace(b'"prepared_by":"01"', b'"prepared_by":"\\u0000"'), "E202", "U+0000"),
        ("json-deep", lambda text: text.replace(b'"acknowledges":{}', b'"acknowledges":' + b"[" * 9 + b"]" * 9),
         "E202", "nine containers deep"),
        ("json-gbk", lambda text: text.decode().encode("gb18030"), "E202", "another encoding"),
        ("json-list", lambda _text: b"[]\n", "E203", "a list"),
        ("json-empty", lambda _text: b"", "E202", "nothing at all"),
        ("format-2", lambda text: text.replace(b"lianxin-bundle/1", b"lianxin-bundle/2"), "E603", "a newer format"),
        ("format-other", lambda text: text.replace(b"lianxin-bundle/1", b"lianxin-bundel/1"), "E203", "no format"),
    ):  # fmt: skip
        made: Raw = raw
        yield Case(f"{name}.zip", Draft().sealed(raw=made), code, why)


def _facts() -> Iterator[Case]:
    told: tuple[tuple[str, Json, str, str], ...] = (
        ("schema-0", {"schema": 0}, "E204", "no schema"),
        ("field-unknown", {"priority": "high"}, "E203", "a field nobody knows"),
        ("kind-unknown", {"kind": "letter"}, "E203", "a kind nobody knows"),
        ("kind-plain", {"kind": "plain"}, "E203", "calls itself 普通报送"),
        (
            "kind-changed",
            {"kind": "receipt", "receipt_no": 1},
            "E312",
            "a report that calls itself a receipt",
        ),
        ("period-bad", {"period": "2026-13"}, "E203", "a thirteenth month"),
        ("seq-negative", {"seq": -1}, "E203", "a negative number"),
        (
            "bundle-id-capital",
            {"bundle_id": "3F2B8A52-6A0E-4C5D-9D3C-000000000001"},
            "E203",
            "an id in capitals",
        ),
        ("moment-local", {"created_at": "2026-11-02T09:30:00+08:00"}, "E203", "a moment in local time"),
        ("name-bidi", {"org_name": "石牌\u202e镇"}, "E203", "a name that turns around"),
        ("profile-gm", {"profile": "gm"}, "E311", "signed by 国密 only, it says"),
        ("profile-dual", {"profile": "dual"}, "E311", "signed twice, it says"),
        ("receipt-no-in-report", {"receipt_no": 4}, "E203", "a report with a receipt number"),
        (
            "range-backwards",
            {"entries": {OFFICE_STREAM: [4, 1, "0" * 64]}},
            "E203",
            "a range that runs backwards",
        ),
        ("replica-unnamed", {"replica": "石牌"}, "E203", "a replica without office"),
        ("stream-unnamed", {"acknowledges": {"somewhere": 1}}, "E203", "acknowledges what is no stream"),
    )
    for name, change, code, why in told:
        yield signed(name, Draft(told=change), code, why)
    yield Case("field-missing.zip", _without_field(), "E203", "a fact left out")
    yield signed(
        "receipt-without-number", receipt(told={}), "E203", "a receipt without its number", "township"
    )
    yield Case("sm2-only.zip", _sm2_only(), "E311", "only a 国密 signature")
    yield signed("enrolment-by-other-key", enrolment(told={"kind": "report"}, signer=unenrolled()), "E304",
                 "a request made into a report")  # fmt: skip


def _without_field() -> bytes:
    def cut(text: bytes) -> bytes:
        return text.replace(b'"audit_head":null,', b"")

    return Draft().sealed(raw=cut)


def _sm2_only() -> bytes:
    return zipped((name.replace("p256", "sm2"), data) for name, data in Draft().members())


def _places() -> Iterator[Case]:
    lines = visits().entries[0].line() + b"\n"
    for name, files, why in (
        ("journal-elsewhere", (Held("data/journal2.jsonl", Role.DATA, lines),), "a second journal"),
        (
            "document-in-trust",
            (Held("trust/a.txt", Role.DOCUMENT, b"x"),),
            "a document in the folder of trust",
        ),
        ("document-at-top", (Held("打开我.txt", Role.DOCUMENT, b"x"),), "a document beside the manifest"),
        (
            "attachment-in-documents",
            (Held("documents/a.png", Role.ATTACHMENT, PNG),),
            "an attachment elsewhere",
        ),
        (
            "attachment-misnamed",
            (Held("attachments/照片.png", Role.ATTACHMENT, PNG),),
            "not named after its content",
        ),
        ("trust-elsewhere", (Held("documents/a.crt", Role.TRUST, b"x"),), "a certificate among documents"),
    ):
        yield signed(name, Draft(files=files), "E203", why)
    yield signed(
        "attachments-with-letter", attachments(files=(LETTER,)), "E203", "a letter in a continuation bundle"
    )
    yield signed(
        "attachments-with-entries", attachments(books=(visits(),)), "E203", "entries in such a bundle"
    )
    yield signed("profile-with-entries", profile(books=(visits(TO_STREAM),)), "E203", "entries in an answer",
                 "township")  # fmt: skip
    values = values_file([visits()])
    yield signed("values-alone", Draft(books=(), values=values), "E203", "values without a journal")
    unread: dict[str, JsonValue] = {OFFICE_STREAM: [1, 4, "0" * 64]}
    yield signed(
        "ranges-without-journal", Draft(books=(), told={"entries": unread}), "E203", "ranges, no journal"
    )


def _scope() -> Iterator[Case]:
    other = f"{REPLICAS[OTHER]}/office"
    scopes: tuple[tuple[str, Json, str], ...] = (
        ("stream-of-another", {"entries": {other: [1, 4, "0" * 64]}}, "lists a neighbour's entries"),
        ("stream-of-county", {"entries": {TO_STREAM: [1, 1, "0" * 64]}}, "lists the county's entries"),
        ("stream-local", {"entries": {f"{REPLICAS[SHIPAI]}/local": [1, 1, "0" * 64]}}, "lists what never leaves"),
        ("acknowledges-own", {"acknowledges": {OFFICE_STREAM: 9}}, "acknowledges its own entries"),
        ("acknowledges-of-another", {"acknowledges": {f"{REPLICAS[COUNTY]}/to-{OTHER}": 1}},
         "acknowledges what was for a neighbour"),
    )  # fmt: skip
    for name, told, why in scopes:
        yield signed(name, Draft(told=told), "E313", why)
    down = receipt(told={"receipt_no": 1, "acknowledges": {other: 3}})
    yield signed(
        "receipt-for-neighbours-entries", down, "E313", "a receipt for a neighbour's entries", "township"
    )
    county_words = visits(f"{REPLICAS[COUNTY]}/to-{OTHER}")
    astray = receipt(journal=None, books=(county_words,))
    yield signed(
        "receipt-with-neighbours-words", astray, "E313", "what the county told a neighbour", "township"
    )


def _lists() -> Iterator[Case]:
    lie = Held("documents/a.txt", Role.DOCUMENT, b"text")
    line = lie.listed()
    journal = Draft().holding()[0].listed()
    for name, change, code, why in (
        ("size-in-list", {"size": 5}, "E207", "a size that does not fit"),
        ("hash-in-list", {"sha256": hashlib.sha256(b"x").hexdigest()}, "E207", "a hash that does not fit"),
        ("media-type-in-list", {"media_type": "text/csv"}, "E401", "a media type that does not fit"),
    ):
        yield signed(name, Draft(files=(lie,), told={"files": [journal, {**line, **change}]}), code, why)
    twice = Draft(files=(lie,), told={"files": [journal, line, line]})
    yield signed("listed-twice", twice, "E105", "one file listed twice")
    own = {**line, "path": "documents/../manifest.json"}
    yield signed("listed-manifest", Draft(files=(lie,), told={"files": [journal, line, own]}), "E103",
                 "the manifest listed as a document")  # fmt: skip


def _types() -> Iterator[Case]:
    jpeg, pdf = b"\xff\xd8\xff\xe0" + bytes(40), b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n"
    for name, file, data, code, why in (
        ("type-program", "setup.exe", b"MZ" + bytes(40), "E401", "a program"),
        ("type-page", "说明.html", b"<script>", "E401", "a web page"),
        ("type-none", "报告", b"x", "E401", "no type at all"),
        ("type-old-word", "报告.doc", b"\xd0\xcf\x11\xe0", "E401", "Word of the last century"),
        ("type-lines", "数据.jsonl", b"{}\n", "E401", "data among documents"),
        ("type-certificate", "证书.crt", b"x", "E401", "a certificate among documents"),
        ("disguised-program", "照片.png", b"MZ" + bytes(40), "E402", "a program called picture"),
        ("disguised-jpeg", "照片.png", jpeg, "E402", "one kind of picture as another"),
        ("disguised-zip", "照片.jpg", b"PK\x03\x04" + bytes(40), "E402", "a ZIP called picture"),
        ("disguised-text", "记录.txt", b"MZ\x00\x01" + bytes(40), "E402", "bytes called text"),
        ("disguised-word", "报告.docx", pdf, "E402", "a PDF called Word"),
        ("disguised-excel", "表.xlsx", zipped([("a.txt", b"a")]), "E402", "any ZIP called Excel"),
        (
            "pdf-script",
            "报告.pdf",
            pdf.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"),
            "E403",
            "a PDF that runs a script",
        ),
        (
            "pdf-spelled",
            "报告.pdf",
            pdf.replace(b"/Catalog", b"/Catalog/A<</S/#4aavaScript>>"),
            "E403",
            "the same, spelled otherwise",
        ),
        (
            "pdf-encrypted",
            "报告.pdf",
            pdf.replace(b"/Catalog", b"/Catalog/Encrypt 3 0 R"),
            "E402",
            "a locked PDF",
        ),
        ("excel-macro", "表.xlsx", _book(("xl/vbaProject.bin", b"x")), "E403", "a workbook with macros"),
        ("excel-doctype", "表.xlsx", _book(("xl/extra.xml", b"<!DOCTYPE a []><a/>")), "E403", "a DOCTYPE"),
        (
            "excel-elsewhere",
            "表.xlsx",
            _book(("xl/worksheets/_rels/sheet1.xml.rels", _LINK)),
            "E403",
            "a link to elsewhere",
        ),
        (
            "excel-service",
            "表.xlsx",
            _changed("<v>2</v>", '<f>WEBSERVICE("http://x/")</f><v>2</v>'),
            "E403",
            "a formula that asks elsewhere",
        ),
        ("excel-twice", "表.xlsx", _book(("xl/Workbook.xml", b"<a/>")), "E402", "one part twice"),
        ("excel-bomb", "表.xlsx", _bomb(), "E404", "a workbook that claims 600 MB"),
    ):
        kept = Held(f"documents/{file}", Role.DOCUMENT, data)
        yield signed(name, Draft(files=(kept,)), code, why)
    for name, file, data, why in (
        ("request-garbage", "request.csr", b"x", "no request"),
        ("facts-broken", "office.json", b'{"a":1,"a":2}', "facts that say two things"),
    ):
        kept = Held(f"trust/{file}", Role.TRUST, data)
        yield signed(name, enrolment(files=(kept,)), "E402", why, "county, issuing")


_LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
    b' Target="http://192.0.2.1/" TargetMode="External"/></Relationships>'
)


def _parts() -> list[tuple[str, bytes]]:
    import io

    with zipfile.ZipFile(io.BytesIO(monthly_return())) as book:
        return [(info.filename, book.read(info)) for info in book.infolist()]


def _book(more: tuple[str, bytes]) -> bytes:
    return zipped([*_parts(), more])


def _changed(old: str, new: str) -> bytes:
    return zipped(
        (name, data.replace(old.encode(), new.encode(), 1) if name.endswith("sheet1.xml") else data)
        for name, data in _parts()
    )


def _bomb() -> bytes:
    import zlib

    from tests.corpus.packing import Packed, packed

    stored = [Packed(name, data, 0, len(data), zlib.crc32(data)) for name, data in _parts()]
    return packed([*stored, Packed("xl/media/image1.png", b"x" * 90, zipfile.ZIP_DEFLATED, 600 << 20, 0)])


def _figures() -> Iterator[Case]:
    yield signed(
        "return-differs", Draft(files=(return_file(3),)), "E209", "the return shows three, signed are two"
    )
    more = Draft(files=(return_file(),), totals={**TOTALS, "opinions": 5})
    yield signed("total-not-in-return", more, "E209", "a total that stands in no cell")
    fewer = Draft(files=(return_file(),), totals={"visits": 2, "share": "50.0%"})
    yield signed("figure-without-total", fewer, "E209", "a figure nobody signed")
    formula = Held(
        "documents/02_月报表.xlsx", Role.DOCUMENT, _changed('s="9"><v>2</v>', 's="9"><f>1+1</f><v>2</v>')
    )
    yield signed("figure-by-formula", Draft(files=(formula,)), "E209", "a formula where the figure stood")
    moved = Held("documents/02_月报表.xlsx", Role.DOCUMENT, _unnamed())
    yield signed("figures-unnamed", Draft(files=(moved,)), "E209", "the cells have lost their names")
    for name, counts in (
        ("counts-entries", {"entries": 5, "files": 2, "contact": 2, "opinion": 1, "visitor": 1}),
        ("counts-kinds", {"entries": 4, "files": 2, "contact": 1, "opinion": 2, "visitor": 1}),
        ("counts-files", {"entries": 4, "files": 9, "contact": 2, "opinion": 1, "visitor": 1}),
        ("counts-more", {"entries": 4, "files": 2, "contact": 2, "opinion": 1, "visitor": 1, "reply": 7}),
        ("counts-none", {}),
    ):
        told: Json = {"counts": dict(counts)}
        yield signed(name, Draft(told=told), "E208", "the counts are not those of what is carried")


def _unnamed() -> bytes:
    return zipped(
        (name, data.replace(b"figure_", b"fugure_") if name == "xl/workbook.xml" else data)
        for name, data in _parts()
    )
