"""A marking keeps what it judged, so that what is missed is counted without thousands of answers; older ones are worked out."""

from typing import Any

from django.db import migrations, models

from floorwalker.insight.marking import Answer, mark
from floorwalker.insight.questionnaire import Form
from floorwalker.insight.written_form import read_form

BATCH = 1_000


def work_out(apps: Any, _schema: Any) -> None:
    """What every submitted marking judged, from its answers and its version of the form."""
    marking_of = apps.get_model("evaluations", "Marking")
    versions = apps.get_model("evaluations", "FormVersion").objects.values_list("pk", "definition")
    forms = {version: read_form(definition) for version, definition in versions}
    told = marking_of.objects.exclude(submitted_at=None).order_by("pk")
    last = 0
    while some := list(told.filter(pk__gt=last).select_related("evaluation")[:BATCH]):
        for marking in some:
            marking.judged = _judged(forms[marking.evaluation.version_id], marking.answers)
        marking_of.objects.bulk_update(some, ["judged"])
        last = some[-1].pk


def _judged(form: Form, plain: dict[str, dict[str, Any]]) -> list[str]:
    """As a marking was read on the day of this migration."""
    answers = {
        code: Answer(
            option=one.get("option", ""),
            number=one.get("number"),
            text=one.get("text", ""),
            not_applicable=bool(one.get("na")),
        )
        for code, one in plain.items()
    }
    return list(mark(form, answers).judged)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0008_sight_of_a_contact")]

    operations = [
        migrations.AddField(model_name="marking", name="judged", field=models.JSONField(default=list)),
        migrations.RunPython(work_out, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="marking", index=models.Index(fields=["-submitted_at", "-id"], name="markings_newest_first")
        ),
    ]
