import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

from academy.lib.append_only import RefuseUpdates


class Migration(migrations.Migration):
    """Invitations into organisations, their uses and e-mails, and lists of people that are worked through."""

    dependencies = [
        ('jobs', '0001_initial'),
        ('people', '0009_staged_uploads'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('personal', 'One person'), ('open', 'Whoever has the link')], max_length=20, verbose_name='for')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('code_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('seats', models.PositiveIntegerField(default=1, verbose_name='places')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('id', 'Indonesian')], max_length=10, verbose_name='language')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='message')),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(verbose_name='until')),
                ('accepted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='people.organisation')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='InvitationMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Being sent'), ('sent', 'Sent'), ('failed', 'Could not be sent')], default='waiting', max_length=10)),
                ('problem', models.CharField(blank=True, max_length=500)),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='people.invitation')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='InvitationUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('used_at', models.DateTimeField()),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='people.invitation')),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='invitation_use', to='people.membership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PeopleImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('next_row', models.PositiveIntegerField(default=0)),
                ('rows', models.JSONField(blank=True, default=list)),
                ('message', models.CharField(blank=True, max_length=500)),
                ('expires_at', models.DateTimeField()),
                ('imported_at', models.DateTimeField()),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
            ],
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['personal', 'open'])), name='people_invitation_kind'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('seats__gt', 0), ('seats__lte', 10000)), name='people_invitation_seats'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at'))), name='people_invitation_expires_after_it_starts', violation_error_message='It must end in the future.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'personal'), ('seats', 1), models.Q(('email', ''), _negated=True)), models.Q(('accepted_at__isnull', True), ('email', ''), ('kind', 'open'), ('name', '')), _connector='OR'), name='people_invitation_names_whom'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='people_invitation_email_in_small_letters'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('kind', 'personal'), ('withdrawn_at__isnull', True)), fields=('organisation', 'email'), name='people_one_open_invitation'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='people_invitation_accepted_together'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='people_invitation_withdrawn_together'),
        ),
        migrations.AddConstraint(
            model_name='invitationmail',
            constraint=models.UniqueConstraint(fields=('job', 'invitation'), name='people_one_mail_a_job'),
        ),
        migrations.AddConstraint(
            model_name='invitationmail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'failed'])), name='people_mail_state'),
        ),
        migrations.AddConstraint(
            model_name='invitationmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('problem', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('problem', '')), _connector='OR'), name='people_mail_failed_for_a_reason'),
        ),
        RefuseUpdates('invitationuse'),
    ]
