"""Where a device stands: how far its company's book, its person's buckets and the device itself have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sfa.domain.sharing.access import Grant
from sfa.server.database import Database

QUESTION = (
    "SELECT d.device, d.last_n, o.lease_days, o.epoch, g.bucket, g.is_writable, g.profile, b.head, b.floor FROM s_device d"
    " JOIN app_user u ON u.org = d.org AND u.id = d.usr JOIN s_org o ON o.org = d.org"
    " LEFT JOIN s_grant g ON g.org = d.org AND g.usr = d.usr"
    " LEFT JOIN s_bucket b ON b.org = g.org AND b.bucket = g.bucket WHERE d.org = ?"
)
"""Asked about one device, gives a row for each bucket that its person gets, one row where there is none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand at one moment.

    Attributes:
        device: its id.
        last_n: the last mutation of the device that was judged.
        lease_days: for how many days a laptop may show its book without contact.
        epoch: of the server's book.
        grants: the buckets that the person gets.
        ends: of each of these, the last version that was given out, and that up to which removals are forgotten.
    """

    device: str
    last_n: int
    lease_days: int
    epoch: int
    grants: dict[str, Grant]
    ends: dict[str, tuple[int, int]]

    @property
    def told_grants(self) -> list[list[Any]]:
        """Return the grants as an answer holds them."""
        return [[grant.bucket, int(grant.is_writable), grant.profile] for grant in self.grants.values()]


def standing_of(database: Database, org: str, device: str) -> Standing:
    """Return where a device stands that is there."""
    sql = f"{QUESTION} AND d.device = ? ORDER BY g.bucket"
    return of_rows(database.rows(sql, (org, device)))


def of_rows(rows: Sequence[Sequence[Any]]) -> Standing:
    """Return what the rows of the question come to."""
    given = [row[4:] for row in rows if row[4] is not None]
    grants = {bucket: Grant(bucket, bool(is_writable), profile) for bucket, is_writable, profile, _, _ in given}
    # A bucket that a restored server has no more is empty, and whoever read it must hear that.
    ends = {bucket: (head or 0, floor or 0) for bucket, _, _, head, floor in given}
    device, last_n, lease_days, epoch = rows[0][:4]
    return Standing(device, last_n, lease_days, epoch, grants, ends)
