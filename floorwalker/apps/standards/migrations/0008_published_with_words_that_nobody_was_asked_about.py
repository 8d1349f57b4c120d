"""A standard that was amended after its consultation closed is published with the reason why nobody was asked again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("standards", "0007_process")]

    operations = [
        migrations.AddField(
            model_name="standardversion",
            name="unseen",
            field=models.TextField(blank=True, default="", max_length=4000),
        )
    ]
