import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from academy.lib.database_views import CreateView

class Migration(migrations.Migration):
    """The groups of a person follow from the grants in force.

    Django cannot turn a many-to-many field with a table into one through a view, so the field goes and comes back.
    """

    dependencies = [
        ("people", "0003_grants_for_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RemoveField("user", "groups"),
        # A thousandth of a second of grace: SQLite's clock has no more digits, and what was just given holds at once.
        CreateView(
            "people_group_in_force",
            {
                "sqlite": (
                    "SELECT MIN(id) AS id, person_id AS user_id, group_id FROM people_grant "
                    "WHERE starts_at <= strftime('%Y-%m-%d %H:%M:%f', 'now', '+0.001 seconds') "
                    "AND (ends_at IS NULL OR ends_at > strftime('%Y-%m-%d %H:%M:%f', 'now')) "
                    "AND (withdrawn_at IS NULL OR withdrawn_at > strftime('%Y-%m-%d %H:%M:%f', 'now', '+0.001 seconds')) "
                    "GROUP BY person_id, group_id"
                ),
                "postgresql": (
                    "SELECT MIN(id) AS id, person_id AS user_id, group_id FROM people_grant "
                    "WHERE starts_at <= clock_timestamp() "
                    "AND (ends_at IS NULL OR ends_at > clock_timestamp()) "
                    "AND (withdrawn_at IS NULL OR withdrawn_at > clock_timestamp()) "
                    "GROUP BY person_id, group_id"
                ),
            },
        ),
        migrations.CreateModel(
            name="GroupInForce",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="auth.group"
                    ),
                ),
            ],
            options={"db_table": "people_group_in_force", "managed": False},
        ),
        migrations.AddField(
            "user",
            "groups",
            models.ManyToManyField(
                blank=True,
                related_name="user_set",
                related_query_name="user",
                through="people.GroupInForce",
                to="auth.group",
                verbose_name="groups",
            ),
        ),
    ]
