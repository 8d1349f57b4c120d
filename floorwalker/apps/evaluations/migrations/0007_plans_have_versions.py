"""A sampling plan is changed by a further version, so that what was drawn by the earlier one stays provable."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0006_what_people_say_of_themselves")]

    operations = [
        migrations.AlterField(model_name="samplingplan", name="name", field=models.CharField(max_length=120)),
        migrations.AddField(
            model_name="samplingplan",
            name="follows",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="evaluations.samplingplan",
            ),
        ),
        migrations.AddConstraint(
            model_name="samplingplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_day", None)), fields=("name",), name="one_version_of_a_plan_goes_on"
            ),
        ),
    ]
