"""Does the database itself still refuse every change of the audit trail? Its triggers, by name, and what each must do."""

from __future__ import annotations

from django.db import connection

TABLE = "people_auditentry"
_REFUSES = "entries of the audit trail are only added"

# What each trigger must say, in small letters and single blanks; the migrations make them.
GUARDS: dict[str, dict[str, tuple[str, ...]]] = {
    "sqlite": {
        f"{TABLE}_{verb}": (f"before {verb} on {TABLE} {when}begin select raise(abort, '{_REFUSES}'); end",)
        for verb, when in (
            ("update", ""),
            ("delete", ""),
            ("insert", f"when exists (select 1 from {TABLE} where id = new.id) "),
        )
    },
    "postgresql": {
        f"{TABLE}_change": (
            "before delete or update on",
            "for each row execute",
            f"begin raise exception '{_REFUSES}'",
        ),
        f"{TABLE}_truncate": (
            "before truncate on",
            "for each statement execute",
            f"begin raise exception '{_REFUSES}'",
        ),
    },
}
# A trigger that is disabled, or works only while a replica is filled ('D', 'R'), refuses nothing.
_PRESENT = {
    "sqlite": f"select name, sql from sqlite_master where type = 'trigger' and tbl_name = '{TABLE}'",
    "postgresql": "select tgname, pg_get_triggerdef(t.oid) || ' ' || p.prosrc from pg_trigger t "
    f"join pg_proc p on p.oid = t.tgfoid where tgrelid = '{TABLE}'::regclass and tgenabled in ('O', 'A') "
    "and not tgisinternal",
}


def missing_guards() -> list[str]:
    """The triggers that are gone, switched off or do something else than they were made for."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        present = {name: " ".join(said.lower().split()) for name, said in cursor.fetchall()}
    return [
        name
        for name, phrases in GUARDS[connection.vendor].items()
        if not all(phrase in present.get(name, "") for phrase in phrases)
    ]
