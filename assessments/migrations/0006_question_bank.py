import academy.lib.storage
from academy.lib.append_only import LetErase, Lift, RefuseUpdates
import django.core.validators
import django.db.models.deletion
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Thirteen kinds, drafts beside what is asked, and what other systems say of a question."""

    dependencies = [
        ('assessments', '0005_let_erase'),
        ('framework', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        # SQLite makes these tables anew: their triggers are put again at the end.
        Lift(RefuseUpdates('ItemVersion')),
        Lift(RefuseUpdates('Mark', erasable={'reason': ''})),
        Lift(RefuseUpdates('PracticeResponse')),
        migrations.CreateModel(
            name='ItemPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('file', models.FileField(max_length=200, storage=academy.lib.storage.private_storage, upload_to='')),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['version', 'name'],
            },
        ),
        migrations.CreateModel(
            name='ReadyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ready_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['version'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='itemversion',
            name='assessments_version_kind',
        ),
        migrations.RemoveConstraint(
            model_name='itemversion',
            name='assessments_version_proficiency',
        ),
        migrations.RemoveConstraint(
            model_name='mark',
            name='assessments_mark_fraction',
        ),
        migrations.RemoveConstraint(
            model_name='practiceresponse',
            name='assessments_practice_fraction',
        ),
        migrations.AddField(
            model_name='item',
            name='category',
            field=models.CharField(blank=True, max_length=500, verbose_name='category'),
        ),
        migrations.AddField(
            model_name='item',
            name='jurisdiction',
            field=models.CharField(blank=True, help_text='The two letters of the country whose law it follows. Empty: it is true anywhere.', max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Use the two capital letters of a country, such as CO.')], verbose_name='jurisdiction'),
        ),
        migrations.AddField(
            model_name='item',
            name='language',
            field=models.CharField(blank=True, choices=[('en', 'English'), ('es', 'Spanish'), ('id', 'Indonesian')], max_length=10, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='item',
            name='ready_version',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.itemversion'),
        ),
        migrations.AddField(
            model_name='item',
            name='tags',
            field=models.JSONField(blank=True, default=list, verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='default_mark',
            field=models.DecimalField(decimal_places=7, default=Decimal('1'), max_digits=12),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='difficulty',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='explanation_format',
            field=models.CharField(choices=[('plain', 'plain'), ('markdown', 'markdown'), ('html', 'html'), ('moodle', 'moodle')], default='plain', max_length=10),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='hints',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='name',
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='penalty',
            field=models.DecimalField(decimal_places=7, default=Decimal('0.3333333'), max_digits=8),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='stem_format',
            field=models.CharField(choices=[('plain', 'plain'), ('markdown', 'markdown'), ('html', 'html'), ('moodle', 'moodle')], default='plain', max_length=10),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='verdicts',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='itemversion',
            name='explanation',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='itemversion',
            name='kind',
            field=models.CharField(choices=[('single_choice', 'Single choice'), ('multiple_choice', 'Multiple choice'), ('true_false', 'True or false'), ('short_text', 'Short text'), ('numeric', 'Number'), ('matching', 'Matching'), ('ordering', 'Ordering'), ('gap_fill', 'Gaps filled from a list'), ('cloze', 'Text with questions in it'), ('open_text', 'Open text'), ('file_upload', 'File upload'), ('self_rating', 'Self-rating'), ('description', 'Text without a question')], max_length=30),
        ),
        migrations.AlterField(
            model_name='itemversion',
            name='proficiency',
            field=models.PositiveSmallIntegerField(choices=[(1, 'Awareness'), (2, 'Working'), (3, 'Practitioner'), (4, 'Expert')], null=True),
        ),
        migrations.AlterField(
            model_name='itemversion',
            name='skill',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.skill'),
        ),
        migrations.AlterField(
            model_name='practiceresponse',
            name='fraction',
            field=models.DecimalField(decimal_places=7, max_digits=8, null=True),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('jurisdiction', ''), ('jurisdiction__range', ('AA', 'ZZ')), _connector='OR'), name='assessments_item_jurisdiction'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['single_choice', 'multiple_choice', 'true_false', 'short_text', 'numeric', 'matching', 'ordering', 'gap_fill', 'cloze', 'open_text', 'file_upload', 'self_rating', 'description'])), name='assessments_version_kind'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proficiency__isnull', True), ('skill__isnull', True)), models.Q(('proficiency__in', [1, 2, 3, 4]), ('skill__isnull', False)), _connector='OR'), name='assessments_version_proficiency'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(('penalty__range', (0, 1))), name='assessments_version_penalty'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(('default_mark__gte', 0)), name='assessments_version_mark'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(('difficulty__lte', 5)), name='assessments_version_difficulty'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(('explanation_format__in', ['plain', 'markdown', 'html', 'moodle']), ('stem_format__in', ['plain', 'markdown', 'html', 'moodle'])), name='assessments_version_formats'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.CheckConstraint(condition=models.Q(('fraction__range', (Decimal('-9'), Decimal('1')))), name='assessments_mark_fraction'),
        ),
        migrations.AddConstraint(
            model_name='practiceresponse',
            constraint=models.CheckConstraint(condition=models.Q(('fraction__range', (Decimal('-9'), Decimal('1')))), name='assessments_practice_fraction'),
        ),
        migrations.AddField(
            model_name='itempicture',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='assessments.itemversion'),
        ),
        migrations.AddField(
            model_name='readyversion',
            name='ready_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='readyversion',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='readiness', to='assessments.itemversion'),
        ),
        migrations.AddConstraint(
            model_name='itempicture',
            constraint=models.UniqueConstraint(fields=('version', 'name'), name='assessments_picture_name_unique'),
        ),
        RefuseUpdates('ItemVersion'),
        RefuseUpdates('Mark', erasable={'reason': ''}),
        RefuseUpdates('PracticeResponse'),
        RefuseUpdates('ReadyVersion'),
        RefuseUpdates('ItemPicture'),
        # Answers in somebody's own words are forgotten with the person.
        LetErase('Answer', erasable={'response': {}}),
    ]
