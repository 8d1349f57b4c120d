"""The audit trail is sealed, and the database itself refuses to change or remove an entry.

On SQLite a later change of this table makes it anew, without its triggers: such a migration must run GUARDS again,
and the one of 0003.
`floorwalker audit verify` says where they are gone.
"""

from django.conf import settings
from django.db import migrations

from floorwalker.apps.people.seal import read_or_make_secret, sealed

SENTENCE = "entries of the audit trail are only added"
GUARDS = {
    "sqlite": [
        f"create trigger people_auditentry_{verb} before {verb} on people_auditentry "
        f"begin select raise(abort, '{SENTENCE}'); end"
        for verb in ("update", "delete")
    ],
    "postgresql": [
        "create function people_auditentry_refuse() returns trigger language plpgsql as "
        f"$$ begin raise exception '{SENTENCE}' using errcode = 'integrity_constraint_violation'; end $$",
        "create trigger people_auditentry_change before update or delete on people_auditentry "
        "for each row execute function people_auditentry_refuse()",
        "create trigger people_auditentry_truncate before truncate on people_auditentry "
        "for each statement execute function people_auditentry_refuse()",
    ],
}
UNGUARD = {
    "sqlite": [f"drop trigger people_auditentry_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        "drop trigger people_auditentry_change on people_auditentry",
        "drop trigger people_auditentry_truncate on people_auditentry",
        "drop function people_auditentry_refuse()",
    ],
}


def seal_what_is_there(apps, schema_editor):
    """Entries of the time before they were sealed."""
    entries = apps.get_model("people", "AuditEntry").objects.order_by("id")
    secret, previous = None, b""
    for entry in entries.iterator():
        secret = secret or read_or_make_secret(settings.FLOORWALKER.keys, trail_is_empty=True)
        entry.previous_hash = previous
        entry.hash = previous = sealed(secret, entry)
        entry.save(update_fields=["previous_hash", "hash"])


def guard(apps, schema_editor):
    for statement in GUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNGUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
