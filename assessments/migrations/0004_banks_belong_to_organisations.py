import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A bank of questions may belong to an organisation, whose authors alone see its keys."""

    dependencies = [
        ('assessments', '0003_right_to_mark'),
        ('people', '0004_groups_follow_from_grants'),
    ]

    operations = [
        migrations.AddField(
            model_name='itembank',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='item_banks', to='people.organisation', verbose_name='organisation'),
        ),
    ]
