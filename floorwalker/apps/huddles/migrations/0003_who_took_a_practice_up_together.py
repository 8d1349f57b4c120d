"""Whoever takes a practice up belongs to those who did so in the same weeks: their effect is looked at together."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0003_coach_sessions"),
        ("huddles", "0002_attendance_as_it_was_noted_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="takenup",
            name="intervention",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_up",
                to="coaching.intervention",
            ),
        ),
    ]
