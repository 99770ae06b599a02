from django.db import migrations


class Migration(migrations.Migration):
    """Confirming skills is a right of its own."""

    dependencies = [
        ('records', '0002_refuse_updates'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='skillevidence',
            options={'ordering': ['pk'], 'permissions': [('confirm_skill', 'Can confirm skills')]},
        ),
    ]
