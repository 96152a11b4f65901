"""Where a laptop belongs to a server: what the server would not take of its person is refused at once, with a sentence."""

import json

from db.journal import OF_SYNC
from db.store import Store
from sfa.domain.sharing.access import may_write
from sfa.errors import NotAllowedError


def keep(store: Store, operation_id: str, verb: str) -> None:
    """Hold an operation to what the person's role may write; a laptop of its own, and what came down, are free.

    Raises:
        NotAllowedError: the server would refuse it.
    """
    user = store.setting("sync_user")
    if user is None or verb == OF_SYNC:
        return
    role = str(store.value("SELECT role FROM app_user WHERE id = ?", (user,)) or "rep")
    rows = store.rows(
        "SELECT DISTINCT table_name, field, CASE WHEN field IS NULL AND old IS NULL THEN new END FROM change"
        " WHERE operation_id = ?",
        (operation_id,),
    )
    for table, field, made in rows:
        row = json.loads(made) if made else None
        sentence = may_write(role, table, tuple(row or [field or "id"]), user=user, row=row)
        if sentence:
            raise NotAllowedError(sentence, hint="It is not yours to write in this company; nothing was changed.")
