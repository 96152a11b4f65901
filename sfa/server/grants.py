"""Who gets which buckets, made from users, teams and territories by one function and kept in a table."""

from sfa.domain.sharing.access import Grant, Person, grants_of
from sfa.server.database import Database


def rebuild(database: Database, org: str) -> None:
    """Make all grants of a company anew, inside the transaction that changed a user or a territory."""
    people = [
        Person(row[0], row[1], row[2], row[3], row[4], bool(row[5]))
        for row in database.rows(
            "SELECT id, role, manager_id, team_id, territory_id, CASE WHEN is_active = 1 AND deleted_at IS NULL THEN 1"
            " ELSE 0 END FROM app_user WHERE org = ? ORDER BY id",
            (org,),
        )
    ]
    areas: dict[str, str | None] = dict(database.rows("SELECT id, parent_id FROM territory WHERE org = ?", (org,)))
    wanted = {
        (person.id, grant.bucket): (int(grant.is_writable), grant.profile)
        for person in people
        for grant in grants_of(person, people, areas)
    }
    sql = "SELECT usr, bucket, is_writable, profile FROM s_grant WHERE org = ?"
    before = {(row[0], row[1]): (row[2], row[3]) for row in database.rows(sql, (org,))}
    database.many(
        "DELETE FROM s_grant WHERE org = ? AND usr = ? AND bucket = ?",
        [(org, *key) for key, value in before.items() if wanted.get(key) != value],
    )
    database.many(
        "INSERT INTO s_grant (org, usr, bucket, is_writable, profile) VALUES (?, ?, ?, ?, ?)",
        [(org, *key, *value) for key, value in wanted.items() if before.get(key) != value],
    )


def grants(database: Database, org: str, user: str) -> dict[str, Grant]:
    """Return a user's grants by bucket."""
    sql = "SELECT bucket, is_writable, profile FROM s_grant WHERE org = ? AND usr = ? ORDER BY bucket"
    return {row[0]: Grant(row[0], bool(row[1]), row[2]) for row in database.rows(sql, (org, user))}
