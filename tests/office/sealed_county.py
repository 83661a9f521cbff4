"""A county for tests of sending: enrols a township, opens what it sends, acknowledges what it likes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.bundle.checking import Checked, checked
from lianxin.bundle.trust import Trust
from lianxin.domain.journal import Entry, EntryId
from lianxin.domain.records import ReceiptItem, SentFile
from lianxin.domain.values import Kept
from lianxin.keys.certificates import read_certificate
from lianxin.keys.county_root import make_root
from lianxin.keys.issuing import issue
from lianxin.keys.revocation import make_list
from lianxin.keys.sealed_for import ReaderKey, decrypt, new_reader
from lianxin.keys.signing import SigningIdentity
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.signing_key import signing_identity
from lianxin.office.trust.key_files import SIGNING, keep_key
from lianxin.office.trust.trusting import Enrolled, keep_enrolled
from tests.keys.fixed_keys import key_from_number

CODE, NAME = "439901", "清江县人大常委会"
STREAM = f"{CODE}-0123456789ab"
MADE = datetime.fromisoformat("2026-01-05T08:00:00+08:00")


@dataclass
class County:
    """Its root and reader key, and the number of its last receipt."""

    root: SigningIdentity = field(
        default_factory=lambda: make_root(key_from_number(11), org_code=CODE, org_name=NAME, not_before=MADE)
    )
    reader: ReaderKey = field(default_factory=new_reader)
    receipts: int = 0

    def enrol(self, desk: Desk) -> Enrolled:
        """What accepting the county's answer leaves at the township."""
        with desk.store.reading() as reading:
            office = office_of(reading)
        own = signing_identity(desk, office)
        public = own.key.private.public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)
        pem = issue(
            self.root,
            public,
            org_code=office.code,
            org_name=office.name,
            role="desk",
            device="甲",
            not_before=MADE,
        )
        crl = make_list(self.root, [], number=1, this_update=MADE, next_update=MADE + timedelta(days=800))
        held = Enrolled(
            self.root.certificate_pem, CODE, NAME, self.reader.recipient, pem, crl, 1, "", confirmed=True
        )
        keep_key(desk, SIGNING, SigningIdentity(own.key, read_certificate(pem)))
        keep_enrolled(desk, held)
        return held

    def trust(self) -> Trust:
        """What the county holds a file against."""
        return Trust(self.root.certificate_pem)

    @contextmanager
    def opened(self, path: Path, now: datetime) -> Iterator[Checked]:
        """A file as the county reads it. Raises Refused."""
        with checked(
            path,
            now=now,
            trust=self.trust(),
            us=frozenset([CODE]),
            decrypt=lambda source, target: decrypt(source, target, self.reader.secret),
            scratch=path.parent.parent,
        ) as found:
            yield found

    def plain_bytes(self, path: Path) -> bytes:
        """The ZIP inside a file, encrypted or not."""
        data = path.read_bytes()
        if data.startswith(b"PK"):
            return data
        out = BytesIO()
        decrypt(BytesIO(data), out, self.reader.secret)
        return out.getvalue()

    def read(self, path: Path, name: str) -> bytes | None:
        """One member of the ZIP, None when it has no such member."""
        with zipfile.ZipFile(BytesIO(self.plain_bytes(path))) as archive:
            return archive.read(name) if name in archive.namelist() else None

    def entries(self, path: Path, now: datetime) -> list[Entry]:
        """The entries of a report, strictly read."""
        with self.opened(path, now) as found:
            return list(found.entries())

    def values(self, path: Path) -> dict[tuple[EntryId, str], Kept]:
        """The values of a report."""
        lines = (self.read(path, "data/values.jsonl") or b"").splitlines()
        told = [json.loads(line) for line in lines]
        return {
            (EntryId(each["stream"], each["counter"]), each["field"]): Kept(each["salt"], each["value"])
            for each in told
        }

    def acknowledge(self, desk: Desk, counters: Mapping[str, int], *taken: SentFile) -> None:
        """What accepting a receipt leaves at the township."""
        self.receipts += 1
        with desk.store.bookkeeping() as connection:
            for stream, counter in counters.items():
                connection.exec_driver_sql(
                    "INSERT INTO acknowledgement VALUES(?, ?, ?, ?, ?, ?)",
                    (CODE, stream, self.receipts, counter, "", "2026-12-06T09:00:00+08:00"),
                )
        with desk.store.writing(reason="回执") as writing:
            for sent in taken:
                item = ReceiptItem(
                    uid=writing.new_uid(),
                    addressee="439901102",
                    bundle_id=sent.bundle_id,
                    seq=sent.seq,
                    period=sent.period,
                    day=sent.day,
                    check_code=sent.check_code,
                    verdict="accept",
                    code="E000",
                    words="核验通过",
                )
                writing.put(item)
