"""The centre's list of root causes, with one of each kind to begin with."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

KINDS = ("agent", "process", "system", "policy", "information", "customer")


def add_usual_causes(apps, schema_editor):
    cause = apps.get_model("standards", "RootCause")
    cause.objects.bulk_create(cause(code=kind, kind=kind) for kind in KINDS)


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_targets_of_places")]

    operations = [
        migrations.CreateModel(
            name="RootCause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        max_length=60,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[a-z0-9]+(?:[-_][a-z0-9]+)*$")],
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agent", "the agent"),
                            ("process", "the process"),
                            ("system", "a system"),
                            ("policy", "a policy"),
                            ("information", "information"),
                            ("customer", "the customer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("from_day", models.DateField(null=True)),
                ("to_day", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrower",
                        to="standards.rootcause",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_day", None),
                            ("to_day", None),
                            ("to_day__gt", models.F("from_day")),
                            _connector="OR",
                        ),
                        name="cause_has_days",
                    ),
                    models.CheckConstraint(condition=models.Q(("kind__in", list(KINDS))), name="cause_has_a_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True), name="cause_is_not_above_itself"
                    ),
                ],
            },
        ),
        migrations.RunPython(add_usual_causes, migrations.RunPython.noop),
    ]
