"""When a program said last of which contact a recording is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Recordings that were there are found by their names as before."""

    dependencies = [("recordings", "0001_initial")]

    operations = [
        migrations.AddField(model_name="recording", name="registered_at", field=models.DateTimeField(null=True)),
    ]
