"""On SQLite an entry cannot be replaced by one that takes its number: `insert or replace` removes without asking.

PostgreSQL needs nothing more: there an insert takes a number's place only by `on conflict do update`, which is an update.
"""

from django.db import migrations

SENTENCE = "entries of the audit trail are only added"
GUARD = (
    "create trigger people_auditentry_insert before insert on people_auditentry "
    "when exists (select 1 from people_auditentry where id = new.id) "
    f"begin select raise(abort, '{SENTENCE}'); end"
)
UNGUARD = "drop trigger people_auditentry_insert"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(GUARD)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(UNGUARD)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_audit_is_only_added_to")]

    operations = [migrations.RunPython(guard, unguard)]
