"""A listen names the calibration session for which a recording was opened to whoever heard it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recordings", "0004_kept_silences"),
    ]

    operations = [
        migrations.AddField(
            model_name="listen",
            name="opened_for",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
