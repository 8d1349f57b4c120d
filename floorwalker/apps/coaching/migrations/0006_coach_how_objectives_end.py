"""Two ways more in which an objective ends: reached at a cost, and lapsed because nobody answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coaching", "0005_gap_before_an_action")]

    operations = [
        migrations.AlterField(
            model_name="objective",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("agreed", "agreed"),
                    ("reached", "reached"),
                    ("at_a_cost", "reached at a cost"),
                    ("not_reached", "not reached"),
                    ("cannot_tell", "cannot be told"),
                    ("replaced", "replaced by another"),
                    ("ended", "ended early"),
                    ("lapsed", "lapsed without an answer"),
                ],
                default="proposed",
                max_length=12,
            ),
        ),
    ]
