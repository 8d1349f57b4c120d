"""The evaluations that are handed in and not released, the newest first, are found without looking through all others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0011_who_had_a_drawn_contact_first")]

    operations = [
        migrations.AddIndex(
            model_name="evaluation",
            index=models.Index(
                fields=["-begun_at", "-id"],
                name="evaluations_to_release",
                condition=models.Q(submitted_at__isnull=False, released_at=None),
            ),
        ),
    ]
