from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_webhooks"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="site",
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
