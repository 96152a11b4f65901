"""The rows that a new store begins with: the default pipeline (domain.md 3.1), the same on every laptop."""

PIPELINE_ID = "00000000-0000-7000-8000-000000000001"
STAGES: tuple[tuple[int, str, str, int, str, int | None, list[str]], ...] = (
    (
        1,
        "Qualification",
        "open",
        100_000,
        "pipeline",
        14,
        ["Need named", "Budget known or not", "Decision maker named"],
    ),
    (2, "Needs analysis", "open", 200_000, "pipeline", 21, ["Needs written down", "Close date agreed"]),
    (3, "Solution / value", "open", 400_000, "best_case", 21, ["Value shown", "Competitors known"]),
    (4, "Proposal / quote", "open", 600_000, "best_case", 14, ["Quote sent"]),
    (5, "Negotiation", "open", 800_000, "commit", 14, ["Objections answered", "Signer and date named"]),
    (6, "Won", "won", 1_000_000, "closed", None, []),
    (7, "Lost", "lost", 0, "omitted", None, []),
)
_COMMON = "id, ref, created_at, updated_at"
_TIMES = "'2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z'"


def stage_id(seq: int) -> str:
    """Return the id of the default stage with that number (1 to 7)."""
    return f"00000000-0000-7000-8000-00000000010{seq}"


def seed_statements() -> list[str]:
    """Return INSERT statements for the first rows; they are no operation, so nothing undoes them."""
    statements = [
        "INSERT INTO journal_state (id, is_replay) VALUES (1, 0)",
        f"INSERT INTO pipeline ({_COMMON}, name, seq) VALUES ('{PIPELINE_ID}', '0001', {_TIMES}, 'Sales', 1)",
    ]
    for seq, name, kind, probability, category, rot_days, checklist in STAGES:
        rot = "NULL" if rot_days is None else str(rot_days)
        listed = ", ".join(f'"{item}"' for item in checklist)
        statements.append(
            f"INSERT INTO stage ({_COMMON}, pipeline_id, seq, name, type, probability_ppm, category,"
            f" rot_days, exit_checklist) VALUES ('{stage_id(seq)}', '010{seq}', {_TIMES},"
            f" '{PIPELINE_ID}', {seq}, '{name}', '{kind}', {probability}, '{category}', {rot}, '[{listed}]')"
        )
    return statements
