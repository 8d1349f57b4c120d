from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_languages"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="single_keys",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="user",
            name="keys",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
