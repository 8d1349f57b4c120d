"""What the planner of a cycle was shown of past actions, and whether a lot was offered, stands with the plan."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("improvement", "0003_lots_and_orders_of_cycles"),
    ]

    operations = [
        migrations.AddField(
            model_name="cycle",
            name="shown",
            field=models.JSONField(null=True),
        ),
    ]
