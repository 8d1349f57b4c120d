"""The gap as it was known when an action was decided stands beside it: what actions close is learnt from that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0004_records_shown_to_nobody_in_particular"),
    ]

    operations = [
        migrations.AddField(
            model_name="intervention",
            name="before",
            field=models.JSONField(null=True),
        ),
    ]
