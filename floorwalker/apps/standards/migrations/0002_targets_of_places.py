"""Targets of sites, teams, queues and channels, bands, and why each was set; what is there is the centre's."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def _of(model: str) -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="targets", to=f"people.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_people_and_rights"),
        ("standards", "0001_initial"),
    ]

    operations = [
        migrations.AlterField("target", "value", models.FloatField(null=True)),
        migrations.AddField("target", "low", models.FloatField(null=True)),
        migrations.AddField("target", "high", models.FloatField(null=True)),
        migrations.AddField("target", "site", _of("site")),
        migrations.AddField("target", "team", _of("team")),
        migrations.AddField("target", "queue", _of("queue")),
        migrations.AddField("target", "channel", models.CharField(blank=True, default="", max_length=20)),
        migrations.AddField("target", "reason", models.CharField(blank=True, default="", max_length=500)),
        migrations.AddField("target", "set_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "target",
            models.CheckConstraint(
                name="target_is_a_value_or_a_band",
                condition=Q(value__isnull=False, low=None, high=None) | Q(value=None, low__lt=F("high")),
            ),
        ),
        migrations.AddConstraint(
            "target",
            models.CheckConstraint(
                name="target_is_for_one_place",
                condition=Q(site=None, team=None, queue=None)
                | Q(site=None, team=None, channel="")
                | Q(site=None, queue=None, channel="")
                | Q(team=None, queue=None, channel=""),
            ),
        ),
    ]
