from django.db import migrations, models
from django.db.models.functions import Lower


def ask_again(apps, schema_editor):
    """Where several log-ins had shown the same address, who showed it first keeps it; the others are asked again."""
    addresses = apps.get_model("dashboards", "MailAddress").objects
    held = set()
    for one in addresses.exclude(verified_at=None).order_by("verified_at", "pk"):
        if one.address.lower() in held:
            addresses.filter(pk=one.pk).update(verified_at=None)
        held.add(one.address.lower())


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0002_views_by_mail"),
    ]

    operations = [
        migrations.RunPython(ask_again, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="mailaddress",
            constraint=models.UniqueConstraint(
                Lower("address"),
                condition=models.Q(verified_at__isnull=False),
                name="an_address_is_of_one_log_in",
            ),
        ),
    ]
