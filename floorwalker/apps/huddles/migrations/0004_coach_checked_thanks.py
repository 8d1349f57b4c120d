"""Who made sure that no customer can be told from a customer's thanks, before a team may read them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("huddles", "0003_who_took_a_practice_up_together"),
    ]

    operations = [
        migrations.AddField(
            model_name="thanks",
            name="redacted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
