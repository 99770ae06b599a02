import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Providers that people sign in with, and what the values of their claims mean here."""

    dependencies = [
        ('people', '0007_session_round'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInProvider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('openid_connect', 'OpenID Connect'), ('saml', 'SAML 2.0')], default='openid_connect', max_length=20, verbose_name='kind')),
                ('name', models.CharField(help_text='As people know it. The button says “Sign in with” and this name.', max_length=40, verbose_name='name')),
                ('slug', models.SlugField(help_text='Small letters, digits and hyphens. It is part of the address that the provider must know.', unique=True, verbose_name='short name')),
                ('issuer', models.CharField(help_text="Exactly as the provider writes it: the issuer's address of OpenID Connect, the entity ID of SAML. It can't be changed once somebody has signed in with it.", max_length=200, unique=True, verbose_name='issuer')),
                ('client_id', models.CharField(blank=True, max_length=191, verbose_name='client ID')),
                ('sealed_secret', models.TextField(blank=True, editable=False, verbose_name='client secret, sealed')),
                ('scopes', models.CharField(blank=True, default='openid profile email', help_text='With blanks between.', max_length=200, verbose_name='scopes')),
                ('sso_url', models.CharField(blank=True, max_length=500, verbose_name='sign-in address')),
                ('certificate', models.TextField(blank=True, verbose_name='certificate')),
                ('vouches_for_email', models.BooleanField(default=False, help_text='Tick this only if the provider gives people their addresses or checks them. An address counts as confirmed when this is ticked and the provider says so of that address.', verbose_name='its e-mail addresses are verified')),
                ('organisation_claim', models.CharField(blank=True, help_text='For example “department” or “groups”. Leave it empty if there is none.', max_length=100, verbose_name='claim that names the organisation')),
                ('is_enabled', models.BooleanField(default=False, help_text='People see its button, and may sign in with it.', verbose_name='switched on')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='added')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
            ],
            options={
                'verbose_name': 'sign-in provider',
                'verbose_name_plural': 'sign-in providers',
                'ordering': ['name'],
                'default_permissions': ('add', 'change', 'view'),
            },
        ),
        migrations.CreateModel(
            name='ProviderOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim_value', models.CharField(max_length=200, verbose_name='value of the claim')),
                ('organisation_code', models.CharField(max_length=100, verbose_name='code of the organisation')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organisations', to='people.signinprovider')),
            ],
            options={
                'verbose_name': 'organisation of a provider',
                'verbose_name_plural': 'organisations of providers',
                'ordering': ['claim_value'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='signinprovider',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='people_provider_name_unique', violation_error_message='There is a provider of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='signinprovider',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('slug', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='people_provider_is_named'),
        ),
        migrations.AddConstraint(
            model_name='signinprovider',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'openid_connect'), models.Q(('client_id', ''), _negated=True)), models.Q(('kind', 'saml'), models.Q(('sso_url', ''), _negated=True), models.Q(('certificate', ''), _negated=True)), _connector='OR'), name='people_provider_is_complete', violation_error_message='OpenID Connect needs a client ID; SAML needs a sign-in address and a certificate.'),
        ),
        migrations.AddConstraint(
            model_name='providerorganisation',
            constraint=models.UniqueConstraint(fields=('provider', 'claim_value'), name='people_provider_organisation_once'),
        ),
        migrations.AddConstraint(
            model_name='providerorganisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim_value', ''), _negated=True), models.Q(('organisation_code', ''), _negated=True)), name='people_provider_organisation_is_named'),
        ),
    ]
