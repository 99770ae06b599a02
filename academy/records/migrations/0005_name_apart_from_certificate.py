import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The name on a certificate gets a table of its own, where it can be erased."""

    dependencies = [
        ("people", "0011_close_accounts"),
        ("records", "0004_keep_the_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="AwardHolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=150)),
                ("salt", models.CharField(blank=True, max_length=64)),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holder", to="records.award"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("salt", "")),
                            models.Q(
                                models.Q(("name", ""), _negated=True), models.Q(("salt", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="records_holder_whole_or_erased",
                    )
                ],
            },
        ),
    ]
