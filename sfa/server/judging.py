"""The verdict over one mutation: may they, does it fit, and what it comes to beside other people's changes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sfa.domain.sharing import documents
from sfa.domain.sharing.access import MANAGER, REP, masked, may_write
from sfa.domain.sharing.costs import cost_of
from sfa.domain.sharing.earnings import fault_of_event
from sfa.domain.sharing.policies import Merged, merge
from sfa.server import between, sums
from sfa.server.book import Book
from sfa.server.catalog import SharedTable, shared_tables
from sfa.server.checks import Rules
from sfa.sync.protocol import CONFLICT, CREATE, MERGED, OK, PATCH, Mutation, Verdict

if TYPE_CHECKING:
    from sfa.server.push import Device

LONGEST_SENTENCE = 500
_DEEPEST_MERGE = 12
_KEPT_ONCE = {"quote": "number", "sales_order": "number", "invoice": "number"}


class Refusal(Exception):  # noqa: N818 - an answer, no fault of the program
    """A mutation that is not taken; `code` is for programs."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Judge:
    """Judges the mutations of one device, one after the other.

    Args:
        book: the company's rows.
        device: who sends.
        rules: the checks of rows.
        ceiling: the latest clock that is believed.
        new_id: makes ids.
    """

    def __init__(self, book: Book, device: "Device", rules: Rules, ceiling: str, new_id: Callable[[], str]) -> None:
        self._book, self._device, self._rules = book, device, rules
        self._ceiling, self._new_id = ceiling, new_id
        self._touched: dict[tuple[str, str], dict[str, str]] = {}
        self.changed: dict[tuple[str, str], set[str]] = {}
        """Columns that were set for good, by table and id; an empty name stands for all of a new row."""

    def reset(self) -> None:
        """Forget what a refused group had touched."""
        self._touched.clear()

    def settle(self) -> None:
        """Give what was touched its place and version."""
        touched, self._touched = self._touched, {}
        touched |= {key: {} for key in sums.follow(self._book, touched)}
        if sentence := sums.fault_of_documents(self._book, touched):
            raise Refusal("totals", sentence)
        for (table, pk), clocks in touched.items():
            self._book.place(table, pk, self._device.user, clocks)
            self._check_target(table, pk)
        for key, clocks in touched.items():
            self.changed.setdefault(key, set()).update(clocks)

    def take(self, mutation: Mutation) -> Verdict:
        """Write what a mutation comes to, and return the verdict.

        Raises:
            Refusal: it is not taken, and its group with it.
        """
        mutation, is_led = self._heard(mutation)
        table = shared_tables().get(mutation.table)
        if table is None:
            raise Refusal("table", f"There is no shared table {mutation.table}.")
        unknown = [column for column in (*mutation.values, *mutation.base) if column not in table.columns]
        if unknown:
            raise Refusal("column", f"{table.name} has no column {unknown[0]}.")
        if "id" in mutation.values:
            raise Refusal("column", "An id is given once and never changes.")
        mutation, is_elsewhere = self._led(table, self._unmasked(mutation))
        is_led = is_led or is_elsewhere
        if mutation.op == CREATE:
            verdict = self._create(table, mutation)
            return replace(verdict, status=MERGED) if is_led else verdict
        if is_led:
            return replace(self._patch(table, mutation), status=MERGED)
        return self._patch(table, mutation) if mutation.op == PATCH else self._delete(table, mutation)

    def _heard(self, mutation: Mutation) -> tuple[Mutation, bool]:
        """Return a mutation in our words, and whether these have none for any of it."""
        heard = self._device.words.heard(mutation, self._book.find)
        return heard, bool(mutation.values) and not heard.values

    def _unmasked(self, mutation: Mutation) -> Mutation:
        """Leave out what its writer may not see: a laptop without costs has none to send."""
        hidden = masked(self._device.role, mutation.table)
        if not set(hidden) & set(mutation.values):
            return mutation
        values, base = (
            {name: value for name, value in fields.items() if name not in hidden}
            for fields in (mutation.values, mutation.base)
        )
        return replace(mutation, values=values, base=base)

    def _led(self, table: SharedTable, mutation: Mutation) -> tuple[Mutation, bool]:
        """Lead what names a merged record to the one that it became part of."""
        links = {
            column: self._heir(target, str(mutation.values[column]))
            for column, target in table.links.items()
            if column != "merged_into" and mutation.values.get(column) is not None
        }
        moved = {column: pk for column, pk in links.items() if pk != mutation.values[column]}
        heir = mutation.row_id
        if mutation.op == PATCH and not {"merged_into", "deleted_at"} & set(mutation.values):
            heir = self._heir(table.name, mutation.row_id)
        if heir == mutation.row_id and not (moved and mutation.op == CREATE):
            return mutation, False
        return replace(mutation, row_id=heir, values={**mutation.values, **moved}), True

    def _heir(self, table: str, pk: str) -> str:
        for _ in range(_DEEPEST_MERGE):
            row = self._book.find(table, pk) or {}
            above = row.get("merged_into")
            if not above or not set(self._book.places(table, str(above))) & set(self._device.grants):
                break
            pk = str(above)
        return pk

    # --- creations

    def _create(self, table: SharedTable, mutation: Mutation) -> Verdict:
        row = {**mutation.values, "id": mutation.row_id}
        found = self._book.find(table.name, mutation.row_id)
        if found is not None:
            self._require_readable(table.name, mutation.row_id)
            if all(found.get(column) == value for column, value in row.items()):
                return Verdict(mutation.n, OK)
            raise Refusal("exists", f"A record of {table.name} with this id is there already.")
        self._require_role(table.name, row, row)
        self._require_links(table, row)
        if table.name == "comp_event" and self._device.role in (REP, MANAGER):
            self._require_sound(table, row)
            row |= self._earned(row)
        else:
            self._require_writable(self._book.home(table.name, row, self._device.user))
        row |= self._costs(table.name, row)
        self._require_sound(table, row)
        self._require_fitting(table, row, row)
        if sums.is_beyond_offer(self._book, table.name, row):
            raise Refusal("ordered", "This line of the quote was ordered already.")
        sentence = documents.fault_of_creation(table.name, row, self._book.find) or between.fault_of_paper(
            self._book, table.name, row
        )
        if sentence:
            raise Refusal("document", sentence)
        self._require_single_acceptance(table.name, row, row)
        self._take_number(table.name, row)
        self._book.insert(table.name, row)
        self._touch(mutation, dict.fromkeys([""], self._clock(mutation)))
        return Verdict(mutation.n, OK)

    def _costs(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a line costs, where its writer could not say."""
        if self._device.role != REP or table not in ("quote_line", "sales_order_line"):
            return {}
        return {"cost_minor": cost_of(table, row, self._book.find)}

    def _earned(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Hold an event to the order that it follows from, and return its cost."""
        order = str(row.get("source_id"))
        if ("sales_order", order) not in self._touched:
            self._require_readable("sales_order", order)
            self._require_writable(*self._book.places("sales_order", order)[:1])
        names = ("type", "quantity_dec6", "net_minor")
        sql = f"SELECT {', '.join(names)} FROM comp_event WHERE org = ? AND source_line_id = ? AND source_type = 'sales_order'"
        known = self._book.database.rows(sql, (self._book.org, row.get("source_line_id")))
        earlier = [dict(zip(names, values, strict=True)) for values in known]
        if sentence := fault_of_event(row, self._book.find, earlier):
            raise Refusal("earning", sentence)
        before = sum(event["quantity_dec6"] or 0 for event in earlier if event["type"] == row["type"])
        return {"cost_minor": cost_of("comp_event", row, self._book.find, before)}

    def _take_number(self, table: str, row: Mapping[str, Any]) -> None:
        column = _KEPT_ONCE.get(table)
        if column is None or not row.get(column):
            return
        taken = self._book.database.execute(
            "INSERT INTO s_number (org, tbl, number, pk) VALUES (?, ?, ?, ?) ON CONFLICT (org, tbl, number) DO NOTHING",
            (self._book.org, table, row[column], row["id"]),
        )
        if not taken:
            raise Refusal("number", f"The number {row[column]} was given already.")

    # --- patches

    def _patch(self, table: SharedTable, mutation: Mutation) -> Verdict:
        current = self._book.find(table.name, mutation.row_id)
        if current is None:
            raise Refusal("deleted", f"The record of {table.name} was deleted by somebody else.")
        self._require_readable(table.name, mutation.row_id)
        self._require_writable(*self._book.places(table.name, mutation.row_id)[:1])
        self._require_role(table.name, mutation.values, None)
        self._require_own(table.name, current)
        self._require_links(table, mutation.values)
        if set(mutation.values) & set(_KEPT_ONCE.get(table.name, "").split()):
            raise Refusal("number", "A number that was given never changes.")
        sentence = documents.fault_of_change(table.name, current, mutation.values, mutation.base, self._book.find)
        if sentence:
            raise Refusal("document", sentence)
        merged = self._merged(table.name, current, mutation)
        if merged.is_refused:
            raise Refusal("frozen", f"Somebody else changed this record of {table.name} in the meantime.")
        if merged.values:
            whole = {**current, **merged.values}
            self._require_sound(table, whole)
            self._require_fitting(table, whole, merged.values)
            self._require_single_acceptance(table.name, whole, merged.values)
            self._book.update(table.name, mutation.row_id, {**merged.values, **self._costs(table.name, whole)})
            self._touch(mutation, dict.fromkeys(merged.values, self._clock(mutation)))
        return self._outcome(mutation, merged)

    def _merged(self, table: str, current: Mapping[str, Any], mutation: Mutation) -> Merged:
        clocks, mine = self._book.clocks(table, mutation.row_id), self._clock(mutation)
        merged = Merged()
        for column, value in mutation.values.items():
            is_newer = mine >= clocks.get(column, clocks.get("", ""))
            part = merge(table, current, {column: value}, mutation.base, is_newer=is_newer)
            merged.values |= part.values
            merged.conflicts |= part.conflicts
            merged.overwritten |= part.overwritten
            merged.is_refused |= part.is_refused
        return merged

    def _outcome(self, mutation: Mutation, merged: Merged) -> Verdict:
        if merged.conflicts:
            mine, theirs, before = (
                {column: values[place] for column, values in merged.conflicts.items()} for place in range(3)
            )
            self._keep(mutation, "conflict", "manual", "Somebody else changed this too.", (mine, theirs, before))
            return Verdict(mutation.n, CONFLICT, "manual")
        if merged.overwritten:
            self._audit("overwritten", mutation, merged.overwritten)
            return Verdict(mutation.n, MERGED)
        return Verdict(mutation.n, OK)

    def _require_single_acceptance(self, table: str, version: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        if table != "quote_version" or values.get("state") != "accepted":
            return
        sql = "SELECT 1 FROM quote_version WHERE org = ? AND quote_id = ? AND state = 'accepted' AND id <> ? LIMIT 1"
        if self._book.database.rows(sql, (self._book.org, version["quote_id"], version["id"])):
            raise Refusal("accepted", "Another version of this quote was accepted already.")

    # --- deletions

    def _delete(self, table: SharedTable, mutation: Mutation) -> Verdict:
        current = self._book.find(table.name, mutation.row_id)
        if current is None:
            return Verdict(mutation.n, OK)
        self._require_readable(table.name, mutation.row_id)
        self._require_writable(*self._book.places(table.name, mutation.row_id)[:1])
        self._require_role(table.name, ("id",), None)
        sentence = documents.fault_of_deletion(table.name, current, self._book.find)
        if sentence:
            raise Refusal("document", sentence)
        if self._book.is_pointed_at(table.name, mutation.row_id):
            raise Refusal("in_use", f"Other records name this one of {table.name}.")
        self._book.delete(table.name, mutation.row_id, self._device.user)
        if (document := sums.document_of(table.name, current)) and table.name in sums.PARTS:
            self._touched.setdefault(document, {})
        self._audit("deleted", mutation, current)
        return Verdict(mutation.n, OK)

    # --- rights

    def _require_readable(self, table: str, pk: str) -> None:
        is_fresh = "" in self._touched.get((table, pk), {})  # made in this group, and has no place yet
        if not is_fresh and not set(self._book.places(table, pk)) & set(self._device.grants):
            raise Refusal("moved", f"This record of {table} is not yours to see any more.")

    def _require_writable(self, *buckets: str) -> None:
        for bucket in buckets:
            grant = self._device.grants.get(bucket)
            if grant is None or not grant.is_writable:
                raise Refusal("scope", "This is outside of what you may change.")

    def _check_target(self, table: str, pk: str) -> None:
        """Hold a rep to their own buckets after a change too; whoever leads may move a record out of sight."""
        if self._device.role != REP or table in ("inbox_entry", "comp_event") or self._book.find(table, pk) is None:
            return
        home = self._book.places(table, pk)[:1]
        if home and home[0] not in self._device.grants:
            raise Refusal("scope", "This would move the record out of what you may see.")

    def _require_role(self, table: str, columns: Any, row: Mapping[str, Any] | None) -> None:  # noqa: ANN401 - names
        sentence = may_write(self._device.role, table, tuple(columns), user=self._device.user, row=row)
        if sentence:
            raise Refusal("role", sentence)
        written = row or (columns if isinstance(columns, Mapping) else {"status": "gone"})
        if table == "approval_request" and self._device.role == REP and not documents.is_asking(written):
            raise Refusal("role", "A rep does not decide about an approval.")

    def _require_own(self, table: str, current: Mapping[str, Any]) -> None:
        """Whoever sees another person's inbox answers nothing in it."""
        if table == "inbox_entry" and current.get("user_id") != self._device.user:
            raise Refusal("role", "This question is somebody else's.")

    def _require_links(self, table: SharedTable, values: Mapping[str, Any]) -> None:
        """Every record that a row names must be there, and be one that its writer may see."""
        for column, target in table.links.items():
            pk = values.get(column)
            if pk is None:
                continue
            if not isinstance(pk, str) or self._book.find(target, pk) is None:
                raise Refusal("link", f"{table.name}.{column} names no record of {target}.")
            if (target, pk) in self._touched:
                continue
            if not set(self._book.places(target, pk)) & set(self._device.grants):
                raise Refusal("link", f"{table.name}.{column} names no record of {target}.")

    def _require_sound(self, table: SharedTable, row: Mapping[str, Any]) -> None:
        # What is not named is empty here, whatever a laptop's table would put there.
        fault = self._rules.fault(table, {**dict.fromkeys(table.columns), **row})
        if fault:
            raise Refusal("rule", fault[:LONGEST_SENTENCE])

    def _require_fitting(self, table: SharedTable, row: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
        twin = between.fault_of_twin(self._book, table, row, changed)
        if twin:
            raise Refusal("taken", twin)
        tree = between.fault_of_tree(self._book, table.name, str(row["id"]), changed)
        if tree:
            raise Refusal("circle", tree)
        unlike = sums.fault_of_sending(self._book, table.name, row, changed)
        if unlike:
            raise Refusal("totals", unlike)

    # --- what stays behind

    def keep_draft(self, mutation: Mutation, refusal: Refusal) -> None:
        """Keep what was refused in the inbox of its writer; a question that could not be answered is there anyway."""
        if mutation.table == "inbox_entry":
            return
        mutation, _ = self._heard(mutation)
        kind = "deleted" if refusal.code == "deleted" else "refused"
        current = self._book.find(mutation.table, mutation.row_id) if mutation.table in shared_tables() else None
        is_seen = current and set(self._book.places(mutation.table, mutation.row_id)) & set(self._device.grants)
        theirs = {column: current.get(column) for column in mutation.values} if current and is_seen else {}
        values = (dict(mutation.values), theirs, dict(mutation.base))
        self._keep(mutation, kind, refusal.code, str(refusal), values)

    def _keep(
        self,
        mutation: Mutation,
        kind: str,
        code: str,
        sentence: str,
        values: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
    ) -> None:
        row = {
            "id": self._new_id(),
            "deleted_at": None,
            "user_id": self._device.user,
            "kind": kind,
            "table_name": mutation.table[:40],
            "row_id": mutation.row_id[:36],
            "code": code,
            "sentence": sentence[:LONGEST_SENTENCE],
            "mine": _text(values[0]),
            "theirs": _text(values[1]),
            "before": _text(values[2]),
            "status": "open",
            "happened_at": self._book.now,
        }
        self._book.insert("inbox_entry", row)
        self._touched["inbox_entry", str(row["id"])] = {}

    def _audit(self, what: str, mutation: Mutation, detail: Mapping[str, Any]) -> None:
        self._book.database.execute(
            "INSERT INTO s_audit (org, id, at, device, usr, what, tbl, pk, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(self._book.org, self._new_id(), self._book.now, self._device.id, self._device.user, what),
                *(mutation.table, mutation.row_id, _text(dict(detail))),
            ),
        )

    def _touch(self, mutation: Mutation, clocks: dict[str, str]) -> None:
        key = mutation.table, mutation.row_id
        self._touched[key] = {**self._touched.get(key, {}), **clocks}

    def _clock(self, mutation: Mutation) -> str:
        return min(mutation.hlc, self._ceiling)


def _text(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
