"""What keeps a server's book small and true: removals are forgotten after half a year; a restored book is a new one."""

from datetime import datetime, timedelta

from sfa.clock import instant_text
from sfa.server.database import Database

REMEMBERED = timedelta(days=180)


def forget_removals(database: Database, org: str, before: datetime) -> int:
    """Forget removals before an instant, and return how many; who comes from before them reads the bucket anew."""
    with database.writing():
        sql = "SELECT bucket, max(ver), count(*) FROM s_row WHERE org = ? AND op = 'R' AND at < ? GROUP BY bucket ORDER BY 1"
        found = database.rows(sql, (org, instant_text(before)))
        for bucket, version, _ in found:
            database.execute(
                "UPDATE s_bucket SET floor = CASE WHEN floor > ? THEN floor ELSE ? END WHERE org = ? AND bucket = ?",
                (version, version, org, bucket),
            )
        database.execute("DELETE FROM s_row WHERE org = ? AND op = 'R' AND at < ?", (org, instant_text(before)))
    return sum(row[2] for row in found)


def begin_epoch(database: Database, org: str, least: int = 0) -> None:
    """Say that the book was put back from a backup: laptops read it anew, and send again what it has forgotten.

    Args:
        database: where the book is.
        org: the company.
        least: the new epoch is not below it, so that it is one that was never used.
    """
    with database.writing():
        epoch = int(database.rows("SELECT epoch FROM s_org WHERE org = ?", (org,))[0][0])
        database.execute("UPDATE s_org SET epoch = ? WHERE org = ?", (max(epoch + 1, least), org))
