from django.db import migrations, models

from academy.lib.append_only import RefuseDeletes


class Migration(migrations.Migration):
    """The ledger is audited: no line is deleted, and what others did to a record is found without the rest."""

    dependencies = [
        ('records', '0003_right_to_confirm'),
    ]

    operations = [
        RefuseDeletes('LearningEvent'),
        migrations.AddIndex(
            model_name='learningevent',
            index=models.Index(condition=models.Q(('actor_id', models.F('learner_id')), _negated=True), fields=['-occurred_at'], name='records_event_by_others'),
        ),
    ]
