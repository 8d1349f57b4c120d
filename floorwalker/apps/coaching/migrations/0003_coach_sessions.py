"""What sessions need beside the first columns: what they are about, who said yes, who could speak first, what both say came of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0002_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="coachingsession",
            name="agreed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="coachingsession",
            name="of_session",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coached_upon",
                to="coaching.coachingsession",
            ),
        ),
        migrations.AddField(
            model_name="coachingsession",
            name="topic",
            field=models.TextField(blank=True, default="", max_length=4000),
        ),
        migrations.AddField(
            model_name="participant",
            name="coach_kept",
            field=models.CharField(
                blank=True,
                choices=[("yes", "kept"), ("partly", "kept in part"), ("no", "not kept")],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="coach_kept_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="participant",
            name="coach_kept_words",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AddField(
            model_name="participant",
            name="given_chance_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="participant",
            name="learned",
            field=models.TextField(blank=True, default="", max_length=4000),
        ),
        migrations.AddField(
            model_name="participant",
            name="lets_talk_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="participant",
            name="shares_words",
            field=models.BooleanField(default=False),
        ),
    ]
