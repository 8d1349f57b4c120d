"""Each decision that passes a matter on says where it went; those made before are told by where the matter lies."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def tell_where(apps: Any, _schema: Any) -> None:
    """The last decision of each matter that lies elsewhere now."""
    for matter in apps.get_model("coaching", "Matter").objects.exclude(passed_to=None):
        last = matter.decisions.filter(decision="not_mine").order_by("-at", "-pk").first()
        if last is not None:
            last.passed_to_id = matter.passed_to_id
            last.save(update_fields=["passed_to"])


class Migration(migrations.Migration):
    dependencies = [("coaching", "0006_coach_how_objectives_end")]

    operations = [
        migrations.AddField(
            model_name="matterdecision",
            name="passed_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="came_by",
                to="coaching.matter",
            ),
        ),
        migrations.RunPython(tell_where, migrations.RunPython.noop),
    ]
