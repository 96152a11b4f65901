"""What never changes in a simulated company, whatever happens: sent documents, and numbers that were given."""

from collections.abc import Mapping

from sfa.server.database import Database

ORG = "acme"


class Papers:
    """What was sent, as it was sent."""

    database: Database
    sent: Mapping[str, object] = {}

    def _look_at_documents(self) -> None:
        """What was sent stays as it was sent; a number stays where it was printed."""
        now = self.sent_now()
        for pk, image in self.sent.items():
            if isinstance(image, str) and pk not in now:
                continue  # a draft that was undone; nobody else gets its number
            assert now.get(pk) == image, f"a sent document changed: {image} became {now.get(pk)}"
        self.sent = now

    def sent_now(self) -> dict[str, object]:
        """Return what must never change: sent versions with their lines, and numbers."""
        versions = self.database.rows(
            "SELECT id, sent_at, content_hash, net_minor FROM quote_version WHERE org = ? AND sent_at IS NOT NULL",
            (ORG,),
        )
        lines = self.database.rows(
            "SELECT id, version_id, description, net_minor FROM quote_line WHERE org = ? ORDER BY id", (ORG,)
        )
        found: dict[str, object] = {row[0]: (row, [one for one in lines if one[1] == row[0]]) for row in versions}
        return found | dict(self.database.rows("SELECT id, number FROM quote WHERE org = ?", (ORG,)))
