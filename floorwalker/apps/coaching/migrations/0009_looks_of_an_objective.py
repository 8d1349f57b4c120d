"""How the last look at an objective went, and whether one is due, is found in an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coaching", "0008_objectives_are_a_persons")]

    operations = [
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(
                fields=["objective", "-at", "-id", "chance", "due_on"],
                name="looks_of_objective",
            ),
        ),
    ]
