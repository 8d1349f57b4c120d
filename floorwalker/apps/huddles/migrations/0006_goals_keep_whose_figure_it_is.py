"""A goal of a team keeps which teams its figure is of: those below the team when it was set; of older goals, those of now."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    below: dict[int | None, list[int]] = {}
    keys = {}
    for pk, parent, key in apps.get_model("people", "Team").objects.values_list("pk", "parent", "key"):
        keys[pk] = bytes(key).hex()
        below.setdefault(parent, []).append(pk)
    for goal in apps.get_model("huddles", "TeamGoal").objects.all():
        branch, level = [], [goal.team_id]
        while level:
            branch += level
            level = [one for team in level for one in below.get(team, ()) if one not in branch]
        goal.branch = [keys[one] for one in branch]
        goal.save(update_fields=["branch"])


class Migration(migrations.Migration):
    dependencies = [("huddles", "0005_goals_of_a_team"), ("people", "0010_evaluators")]

    operations = [
        migrations.AddField("teamgoal", "branch", models.JSONField(default=list)),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
