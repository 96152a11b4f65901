"""A lost laptop: its server takes the book away, nobody else can, and a lease locks it where no server is met."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import lease, wiping
from db.backup import list_backups, make_backup
from db.encryption import lock_file
from sfa.clock import instant_text
from sfa.errors import LeaseError, SfaError, SignedOffError
from sfa.ids import system_ids
from sfa.server import founding, opening, quarantine
from sfa.server.handle import Server
from sfa.services import care
from sfa.services.desk import Desk, open_desk
from sfa.sync import syncing
from sfa.sync.protocol import ProtocolError, decode, encode
from sfa.sync.state import State
from tests.support.factories import FrozenClock, an_account
from tests.support.sync_servers import Moment, a_company, people_of

URL = "https://sales.example.com"


class Way:
    """The way to a company's server in this process.

    Attributes:
        is_cut_after: so many more messages arrive; None: all.
        forged: what the server is made to say instead of its own secret.
    """

    def __init__(self, place: opening.Place, moment: Moment) -> None:
        self.place, self.moment, self.book = place, moment, place.open()
        self.server = Server(self.book, system_ids().new)
        self.device: tuple[str, str] | None = None
        self.is_cut_after: int | None = None
        self.forged: object = None

    def send(self, path: str, body: bytes) -> bytes:
        if self.is_cut_after is not None:
            if not self.is_cut_after:
                raise SfaError("There is no network.")
            self.is_cut_after -= 1
        if path == "/v1/enrol":
            message = decode(body)
            answer = founding.enrol(self.book, message["code"], 1, self.moment.now, system_ids().new)
            self.device = str(answer["org"]), str(answer["device"])
            return encode(answer)
        assert self.device
        if path == "/v1/wiped":
            return encode({"at": founding.note_wiped(self.book, *self.device, self.moment.now)})
        try:
            return self.server.handle(*self.device, body, self.moment.now)
        except ProtocolError as refusal:
            if refusal.status == 401:
                quarantine.keep(self.book, *self.device, body, self.moment.now)
                if self.forged is not None:
                    refusal.detail["wipe"] = self.forged
            raise

    def revoke(self) -> None:
        assert self.device
        founding.revoke(self.book, *self.device)

    @property
    def kept_aside(self) -> set[str]:
        """Return the names of the accounts that came after the end."""
        assert self.device
        kept = quarantine.kept(self.book, *self.device)
        return {str(one[4]["name"]) for message in kept for one in message["mutations"] if one[2] == "account"}

    @property
    def wiped_at(self) -> object:
        return people_of(self.place, self.book).devices()[0]["wiped_at"]


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Way]:
    place = opening.make(tmp_path / "server", "server.db", "main")
    a_company(place)
    made = Way(place, Moment())
    with closing(made.book):
        yield made


@pytest.fixture
def clock(way: Way) -> FrozenClock:
    return FrozenClock(way.moment.now)


@pytest.fixture
def laptop(tmp_path: Path, way: Way, clock: FrozenClock) -> Iterator[Desk]:
    """Return Ann's laptop, which joined and synced, with a backup, a paper and a log of its own."""
    desk = open_desk(tmp_path / "home", clock)
    an_account(desk, name="Shared Ltd")
    code = people_of(way.place, way.book, way.moment.now).code_for("Ann")
    syncing.join(desk, URL, code, transport=way)
    syncing.sync(desk, transport=way)
    make_backup(desk.store.workspace, "manual", clock.now())
    desk.store.workspace.documents.mkdir(exist_ok=True)
    (desk.store.workspace.documents / "Q-1.pdf").write_bytes(b"Shared Ltd")
    (desk.store.workspace.folder / "sfa.toml").write_text("# mine\n")
    yield desk
    desk.close()


def company_words_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and b"Shared Ltd" in path.read_bytes()]


def test_a_revoked_laptop_hands_over_what_waits_removes_its_book_and_tells_the_server(laptop: Desk, way: Way) -> None:
    for number in range(1200):  # more than a request holds
        an_account(laptop, name=f"Unsent {number}")
    way.revoke()
    with pytest.raises(SignedOffError, match="signed off by Acme's server on 2026-03-10; the book was removed"):
        syncing.sync(laptop, transport=way)
    assert way.kept_aside == {f"Unsent {number}" for number in range(1200)}
    folder = laptop.store.workspace.folder
    assert company_words_in(folder) == []
    assert not list(folder.glob("sales*"))
    assert (folder / "sfa.toml").read_text() == "# mine\n"
    assert way.wiped_at is not None
    assert way.book.rows("SELECT count(*) FROM account WHERE org = ?", ("main",))[0][0] == 1


@pytest.mark.parametrize("secret", ["guessed", "", True, None, {"a": 1}, "\ud800"])
def test_nobody_else_can_wipe_a_laptop(laptop: Desk, way: Way, secret: object) -> None:
    way.revoke()
    way.forged = secret if secret is not None else 0
    with pytest.raises(SfaError, match="may not sync") as refused:
        syncing.sync(laptop, transport=way)
    assert not isinstance(refused.value, SignedOffError)
    assert laptop.store.value("SELECT name FROM account") == "Shared Ltd"


def test_the_hash_that_the_laptop_holds_does_not_wipe_it(laptop: Desk, way: Way) -> None:
    way.revoke()
    way.forged = State(laptop.store).get("wipe")
    with pytest.raises(SfaError, match="may not sync"):
        syncing.sync(laptop, transport=way)
    assert laptop.store.workspace.database.exists()


def test_a_way_that_breaks_off_before_all_is_handed_over_removes_nothing_and_the_next_contact_does(
    laptop: Desk, way: Way
) -> None:
    for number in range(600):
        an_account(laptop, name=f"Unsent {number}")
    way.revoke()
    way.is_cut_after = 2
    with pytest.raises(SfaError, match="no network"):
        syncing.sync(laptop, transport=way)
    assert laptop.store.value("SELECT count(*) FROM account") == 601
    way.is_cut_after = None
    with pytest.raises(SignedOffError):
        syncing.sync(laptop, transport=way)
    assert len(way.kept_aside) == 600


def test_a_server_that_cannot_be_told_hears_of_it_later(
    laptop: Desk, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    way.revoke()
    way.is_cut_after = 1
    with pytest.raises(SignedOffError):
        syncing.sync(laptop, transport=way)
    assert way.wiped_at is None
    way.is_cut_after = None
    monkeypatch.setattr("sfa.sync.transport.HttpLine", lambda *_: way)
    folder = laptop.store.workspace.folder
    with pytest.raises(SignedOffError):
        syncing.open_for_sync(folder)
    assert way.wiped_at is not None
    assert "token" not in json.loads((folder / "signed-off.json").read_text())


class KilledError(Exception):
    """The program ends here."""


def steps_of(monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    """Let the program end after so many removals."""
    removals = iter(range(last))
    whole = wiping._remove

    def remove(path: Path) -> None:
        if next(removals, None) is None:
            raise KilledError
        whole(path)

    monkeypatch.setattr(wiping, "_remove", remove)


@pytest.mark.parametrize("last", range(4))
def test_a_removal_that_was_cut_short_is_finished_by_whichever_door_opens_next(
    laptop: Desk, way: Way, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    way.revoke()
    folder = laptop.store.workspace.folder
    with monkeypatch.context() as patched:
        steps_of(patched, last)
        with pytest.raises(KilledError):
            syncing.sync(laptop, transport=way)
    assert company_words_in(folder)
    with pytest.raises(SignedOffError, match="the book was removed"):
        open_desk(folder)
    assert company_words_in(folder) == []
    assert not (folder / "sales.db").exists()


def test_a_new_book_begins_only_after_the_old_one_is_gone_and_somebody_said_so(laptop: Desk, way: Way) -> None:
    way.revoke()
    with pytest.raises(SignedOffError):
        syncing.sync(laptop, transport=way)
    folder = laptop.store.workspace.folder
    syncing.begin_anew(folder)
    with closing(open_desk(folder)) as anew:
        assert anew.store.value("SELECT count(*) FROM account") == 0
        assert not State(anew.store).is_enrolled


def test_the_key_of_an_encrypted_book_goes_too(laptop: Desk, way: Way) -> None:
    locks = lock_file(laptop.store.workspace)
    locks.write_text("id a\ncheck b\nholder passphrase\nrecovery c\n", encoding="ascii")
    way.revoke()
    with pytest.raises(SignedOffError):
        syncing.sync(laptop, transport=way)
    assert not locks.exists()


# --- the lease


def test_a_laptop_that_met_no_server_for_too_long_shows_nothing_until_a_sync(
    laptop: Desk, way: Way, clock: FrozenClock
) -> None:
    folder = laptop.store.workspace.folder
    an_account(laptop, name="Pending Ltd")
    clock.advance(days=29)
    open_desk(folder, clock).close()
    clock.advance(days=2)
    with pytest.raises(LeaseError, match="was to meet its server by 2026-04-09"):
        open_desk(folder, clock)
    way.moment.now = clock.now()
    with closing(syncing.open_for_sync(folder, clock)) as desk:
        assert syncing.status(desk).lease_days_left == -1
        syncing.sync(desk, transport=way)
    assert way.book.rows("SELECT name FROM account WHERE org = ? AND name = ?", ("main", "Pending Ltd"))
    with closing(open_desk(folder, clock)) as desk:
        assert desk.store.value("SELECT count(*) FROM account") == 2


def test_status_and_badge_warn_some_days_before(laptop: Desk, clock: FrozenClock) -> None:
    assert "Lease       until 2026-04-09" in list(syncing.status(laptop).lines())
    clock.advance(days=26)
    assert "Lease       until 2026-04-09, 4 days left: sync before (sfa sync)" in list(syncing.status(laptop).lines())


def test_the_server_says_how_long_and_0_is_for_ever(laptop: Desk, way: Way, clock: FrozenClock) -> None:
    founding.set_lease_days(way.book, "main", 3)
    syncing.sync(laptop, transport=way)
    assert syncing.status(laptop).lease_days_left == 3
    founding.set_lease_days(way.book, "main", 0)
    syncing.sync(laptop, transport=way)
    clock.advance(days=5000)
    open_desk(laptop.store.workspace.folder, clock).close()


def test_a_laptop_of_no_server_has_no_lease(desk: Desk) -> None:
    assert desk.store.setting(lease.KEY) is None
    with closing(open_desk(desk.store.workspace.folder, FrozenClock(desk.store.clock.now() + timedelta(days=9000)))):
        pass


def test_no_backup_gets_round_the_lease(laptop: Desk, clock: FrozenClock) -> None:
    laptop.close()
    clock.advance(days=31)
    backups = list_backups(laptop.store.workspace)
    assert {info.reason for info in backups} == {"before-joining", "manual"}
    for info in backups:
        with pytest.raises(LeaseError):
            care.restore(info, laptop.store.workspace.folder, clock)


@given(st.lists(st.integers(-60, 20), min_size=1, max_size=40))
def test_however_the_clock_is_turned_no_lease_shows_the_book_for_more_days_than_it_has(moves: list[int]) -> None:
    start = Moment().now
    kept, now, shown = lease.lasting(start, 30), start, 0
    for days in moves:
        now += timedelta(days=days)
        end = lease.end_of(kept, now)
        kept = f"{instant_text(end)} {instant_text(now)}"
        if days > 0 and now <= end:
            shown += days
    assert shown <= 30
