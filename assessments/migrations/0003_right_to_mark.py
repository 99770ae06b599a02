from django.db import migrations


class Migration(migrations.Migration):
    """Marking answers is a right of its own."""

    dependencies = [
        ('assessments', '0002_refuse_updates'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='attempt',
            options={'ordering': ['learner', 'assessment_key', 'number'], 'permissions': [('mark_answers', 'Can mark answers')]},
        ),
    ]
