"""Users, teams and territories."""

from sqlalchemy import CheckConstraint

from db.tables.base import STRICT, Record
from db.tables.columns import choice, flag, link, text


class Territory(Record, table=True):
    """A sales area; areas nest."""

    __tablename__ = "territory"
    __table_args__ = (CheckConstraint("parent_id <> id", name="territory_not_own_parent"), STRICT)
    name: str = text(null=False)
    parent_id: str | None = link("territory")


class Team(Record, table=True):
    """A group of users."""

    __tablename__ = "team"
    __table_args__ = (STRICT,)
    name: str = text(null=False)


class AppUser(Record, table=True):
    """A person who sells, manages or keeps the books."""

    __tablename__ = "app_user"
    __table_args__ = (CheckConstraint("manager_id <> id", name="user_not_own_manager"), STRICT)
    name: str = text(null=False)
    email: str | None = text()
    role: str = choice("rep", "manager", "director", "finance", "admin", default="rep")
    manager_id: str | None = link("app_user")
    team_id: str | None = link("team")
    territory_id: str | None = link("territory")
    region: str | None = text()
    is_active: int = flag(default=True)
