import datetime
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('handle', models.CharField(db_collation='C', max_length=16, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('sort_key', models.CharField(db_collation='C', db_index=True, max_length=250)),
                ('search_key', models.CharField(db_collation='C', max_length=250)),
                ('email', models.EmailField(blank=True, db_collation='C', db_index=True, max_length=254)),
                ('mail_state', models.CharField(choices=[('none', 'None'), ('fine', 'Fine'), ('bounced', 'Bounced')], db_collation='C', default='none', max_length=8)),
                ('language', models.CharField(db_collation='C', default='en', max_length=12)),
                ('zone', models.CharField(blank=True, db_collation='C', max_length=60)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Country',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=2, unique=True)),
                ('names', models.JSONField(default=dict)),
                ('ministry', models.CharField(blank=True, max_length=200)),
                ('zone', models.CharField(db_collation='C', max_length=60)),
                ('language', models.CharField(db_collation='C', max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name='Once',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', max_length=120, unique=True)),
                ('digest', models.CharField(db_collation='C', max_length=64)),
                ('status', models.PositiveSmallIntegerField()),
                ('answer', models.JSONField(default=dict)),
                ('at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=40, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('show_percent', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(db_collation='C', max_length=60, unique=True)),
                ('next_due', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SignInLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(db_collation='C', max_length=64, unique=True)),
                ('code_hash', models.CharField(blank=True, db_collation='C', max_length=64)),
                ('address', models.CharField(db_collation='C', db_index=True, max_length=254)),
                ('next_path', models.CharField(blank=True, max_length=300)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Timer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', max_length=120, unique=True)),
                ('due_at', models.DateTimeField(db_index=True)),
                ('kind', models.CharField(db_collation='C', max_length=60)),
                ('body', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('system', models.CharField(blank=True, db_collation='C', max_length=60)),
                ('action', models.CharField(db_collation='C', max_length=60)),
                ('thing', models.CharField(db_collation='C', max_length=40)),
                ('thing_id', models.BigIntegerField()),
                ('changes', models.JSONField(default=dict)),
                ('chain_hash', models.CharField(blank=True, db_collation='C', max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['thing', 'thing_id', 'id'], name='audit_thing'), models.Index(condition=models.Q(('chain_hash', '')), fields=['id'], name='audit_unsealed')],
            },
        ),
        migrations.CreateModel(
            name='Community',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(db_collation='C', max_length=80, unique=True)),
                ('names', models.JSONField(default=dict)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('job', models.CharField(blank=True, max_length=80)),
                ('country', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='communities', to='events.country')),
            ],
        ),
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(db_collation='C', max_length=80, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('theme', models.CharField(blank=True, max_length=200)),
                ('origin', models.CharField(choices=[('top_down', 'Top Down'), ('bottom_up', 'Bottom Up')], db_collation='C', default='top_down', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clusters', to='events.country')),
                ('programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clusters', to='events.programme')),
            ],
        ),
        migrations.CreateModel(
            name='FactRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_collation='C', max_length=60)),
                ('body', models.JSONField()),
                ('at', models.DateTimeField()),
                ('fanned_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('fanned_at__isnull', True)), fields=['id'], name='fact_unfanned')],
            },
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('lock', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('step', models.CharField(db_collation='C', default='administrator', max_length=20)),
                ('service_name', models.CharField(default='Kolega', max_length=80)),
                ('sender_address', models.CharField(blank=True, max_length=254)),
                ('zone', models.CharField(db_collation='C', default='Europe/Brussels', max_length=60)),
                ('languages', models.JSONField(default=list)),
                ('opened_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('lock', True)), name='installation_single')],
            },
        ),
        migrations.CreateModel(
            name='Kind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(db_collation='C', max_length=40, unique=True)),
                ('names', models.JSONField()),
                ('hints', models.JSONField(default=dict)),
                ('hue', models.CharField(db_collation='C', max_length=8)),
                ('mode', models.CharField(choices=[('room', 'Room'), ('online', 'Online'), ('hybrid', 'Hybrid')], db_collation='C', max_length=8)),
                ('minutes', models.PositiveIntegerField()),
                ('slots', models.JSONField(default=list)),
                ('certificate', models.BooleanField(default=True)),
                ('order', models.PositiveSmallIntegerField(default=50)),
                ('offered', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 5)), name='kind_minutes')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(db_collation='C', max_length=90, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('titles', models.JSONField(default=dict)),
                ('summary', models.TextField(blank=True, max_length=2000)),
                ('language', models.CharField(db_collation='C', max_length=12)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('cancelled', 'cancelled'), ('closed', 'closed')], db_collation='C', default='draft', max_length=10)),
                ('audience', models.CharField(choices=[('cluster', 'Cluster'), ('country', 'Country'), ('public', 'Public')], db_collation='C', default='cluster', max_length=8)),
                ('certificate', models.BooleanField(default=True)),
                ('search_key', models.CharField(db_collation='C', max_length=400)),
                ('registration_closes_at', models.DateTimeField(null=True)),
                ('starts_at', models.DateTimeField(db_index=True)),
                ('ends_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('cancel_reason', models.CharField(blank=True, max_length=300)),
                ('cluster', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.cluster')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.country')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organised_events', to=settings.AUTH_USER_MODEL)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.kind')),
                ('programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(db_collation='C', max_length=160, unique=True)),
                ('message_id', models.CharField(db_collation='C', max_length=160, unique=True)),
                ('kind', models.CharField(db_collation='C', max_length=40)),
                ('event_id', models.BigIntegerField(db_index=True, null=True)),
                ('to_name', models.CharField(blank=True, max_length=200)),
                ('to_address', models.CharField(max_length=254)),
                ('from_name', models.CharField(blank=True, max_length=200)),
                ('reply_to', models.CharField(blank=True, max_length=254)),
                ('language', models.CharField(db_collation='C', max_length=12)),
                ('subject', models.CharField(max_length=250)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('ics', models.BinaryField(blank=True, default=b'')),
                ('ics_method', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sent', 'Sent'), ('withdrawn', 'Withdrawn'), ('refused', 'Refused')], db_collation='C', default='queued', max_length=10)),
                ('refusal', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('starts_wall', models.CharField(db_collation='C', max_length=16)),
                ('zone', models.CharField(db_collation='C', max_length=60)),
                ('minutes', models.PositiveIntegerField()),
                ('starts_at', models.DateTimeField(db_index=True)),
                ('ends_at', models.DateTimeField()),
                ('mode', models.CharField(choices=[('room', 'Room'), ('online', 'Online'), ('hybrid', 'Hybrid')], db_collation='C', max_length=8)),
                ('join_url', models.URLField(blank=True, max_length=600)),
                ('dial_in', models.CharField(blank=True, max_length=120)),
                ('uid', models.CharField(db_collation='C', max_length=120, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('recurrence_id', models.CharField(blank=True, db_collation='C', max_length=16)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='events.event')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('room', 'Room'), ('online', 'Online')], db_collation='C', max_length=8)),
                ('capacity', models.PositiveIntegerField(null=True)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('held', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pools', to='events.event')),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('room', 'Room'), ('online', 'Online')], db_collation='C', max_length=8)),
                ('state', models.CharField(choices=[('registered', 'Registered'), ('waiting', 'Waiting'), ('cancelled', 'Cancelled')], db_collation='C', max_length=10)),
                ('number', models.PositiveIntegerField(null=True)),
                ('walk_in', models.BooleanField(default=False)),
                ('school_id', models.BigIntegerField(null=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('registered_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to=settings.AUTH_USER_MODEL)),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.pool')),
            ],
        ),
        migrations.CreateModel(
            name='RosterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_collation='C', max_length=8)),
                ('digest', models.CharField(db_collation='C', max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('pending', models.BinaryField(blank=True, default=b'')),
                ('finished_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('left', models.JSONField(default=list)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.country')),
            ],
        ),
        migrations.CreateModel(
            name='RosterMade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(choices=[('school', 'School'), ('person', 'Person'), ('membership', 'Membership')], db_collation='C', max_length=10)),
                ('thing_id', models.BigIntegerField()),
                ('row_number', models.PositiveIntegerField()),
                ('roster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='made', to='events.rosterimport')),
            ],
        ),
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('national_code', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('address', models.CharField(blank=True, max_length=250)),
                ('latitude', models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ('longitude', models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ('languages', models.JSONField(default=list)),
                ('sort_key', models.CharField(db_collation='C', db_index=True, max_length=400)),
                ('search_key', models.CharField(db_collation='C', max_length=400)),
                ('created_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='events.country')),
            ],
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='school',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.school'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(blank=True, max_length=80)),
                ('starts_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='events.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='events.school')),
            ],
        ),
        migrations.AddField(
            model_name='event',
            name='host_school',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosted_events', to='events.school'),
        ),
        migrations.CreateModel(
            name='ClusterSchool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee')], db_collation='C', max_length=8)),
                ('starts_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='events.cluster')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='events.school')),
            ],
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('form', models.CharField(choices=[('talk', 'Talk'), ('break', 'Break'), ('table', 'Table')], db_collation='C', max_length=8)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('title', models.CharField(blank=True, max_length=160)),
                ('online', models.BooleanField(default=False)),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='events.part')),
                ('presenter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', max_length=160)),
                ('window', models.DateTimeField(db_index=True)),
                ('count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'window'), name='tally_once')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='events.country')),
            ],
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('room', models.CharField(blank=True, max_length=80)),
                ('address', models.CharField(blank=True, max_length=250)),
                ('access', models.CharField(blank=True, max_length=300)),
                ('places', models.PositiveIntegerField(null=True)),
                ('created_at', models.DateTimeField()),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='events.school')),
            ],
        ),
        migrations.AddField(
            model_name='part',
            name='venue',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='events.venue'),
        ),
        migrations.CreateModel(
            name='VisitingSchool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visiting', to='events.event')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='events.school')),
            ],
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handler', models.CharField(db_collation='C', max_length=120)),
                ('lane', models.CharField(blank=True, db_collation='C', max_length=80)),
                ('state', models.CharField(choices=[('ready', 'Ready'), ('leased', 'Leased'), ('done', 'Done'), ('parked', 'Parked')], db_collation='C', default='ready', max_length=8)),
                ('due_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('lease_token', models.UUIDField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=300)),
                ('done_at', models.DateTimeField(null=True)),
                ('fact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='works', to='events.factrow')),
            ],
        ),
        migrations.CreateModel(
            name='FeedToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(db_collation='C', max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feed_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('person',), name='feed_token_once')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('teacher', 'teacher'), ('presenter', 'presenter'), ('host', 'host'), ('school_coordinator', 'school_coordinator'), ('cluster_coordinator', 'cluster_coordinator'), ('school_leader', 'school_leader'), ('national_coordinator', 'national_coordinator'), ('ministry_officer', 'ministry_officer'), ('expert', 'expert'), ('helpdesk', 'helpdesk'), ('administrator', 'administrator')], db_collation='C', max_length=24)),
                ('scope', models.CharField(choices=[('world', 'World'), ('country', 'Country'), ('cluster', 'Cluster'), ('school', 'School'), ('event', 'Event')], db_collation='C', max_length=8)),
                ('scope_id', models.BigIntegerField(default=0)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='granted', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['role', 'scope', 'scope_id'], name='grant_scope')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'role', 'scope', 'scope_id'), name='grant_once')],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(db_collation='C', max_length=24)),
                ('country', models.CharField(db_collation='C', max_length=2)),
                ('sealed', models.BinaryField()),
                ('lookup', models.CharField(db_collation='C', db_index=True, max_length=64)),
                ('checked_digits', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'scheme'), name='identifier_per_scheme'), models.UniqueConstraint(fields=('scheme', 'lookup'), name='identifier_one_person')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(db_collation='C', max_length=60)),
                ('key', models.CharField(db_collation='C', max_length=120)),
                ('params', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], db_collation='C', default='waiting', max_length=10)),
                ('total', models.PositiveIntegerField(null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(default=dict)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=300)),
                ('cancel_asked', models.BooleanField(default=False)),
                ('lease_until', models.DateTimeField(null=True)),
                ('lease_token', models.UUIDField(null=True)),
                ('due_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['due_at'], name='job_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('kind', 'key'), name='job_running_once')],
            },
        ),
        migrations.CreateModel(
            name='PersonalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(db_collation='C', max_length=24)),
                ('made_at', models.DateTimeField()),
                ('declined_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='events.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('event', 'person'), name='link_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.UniqueConstraint(fields=('event', 'way'), name='pool_once'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gte', django.db.models.expressions.CombinedExpression(models.F('taken'), '+', models.F('held'))), _connector='OR'), name='pool_not_oversold'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['event', 'state'], name='registration_event'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='registration_once'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('pool', 'number'), name='waiting_number_once'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('number__isnull', False), _connector='OR'), name='waiting_has_number'),
        ),
        migrations.AddConstraint(
            model_name='rostermade',
            constraint=models.UniqueConstraint(fields=('roster', 'thing', 'thing_id'), name='roster_made_once'),
        ),
        migrations.AddConstraint(
            model_name='school',
            constraint=models.UniqueConstraint(condition=models.Q(('national_code', ''), _negated=True), fields=('country', 'national_code'), name='school_code_once'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['school', 'person'], name='membership_school'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('community__isnull', True), ('school__isnull', False)), models.Q(('community__isnull', False), ('school__isnull', True)), _connector='OR'), name='membership_one_place'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('school__isnull', False)), fields=('person', 'school'), name='membership_school_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('community__isnull', False), ('ended_on__isnull', True)), fields=('person', 'community'), name='membership_community_once'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['cluster', 'starts_at'], name='event_cluster'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['country', 'starts_at'], name='event_country'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='event_order'),
        ),
        migrations.AddConstraint(
            model_name='clusterschool',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('cluster', 'school'), name='seat_once'),
        ),
        migrations.AddConstraint(
            model_name='clusterschool',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('part', 'mentor')), fields=('cluster',), name='cluster_one_mentor'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('part', 'order'), name='slot_order'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='term_order'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(fields=('country', 'name'), name='term_name_once'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('minutes__lte', 20160)), name='part_minutes'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', django.db.models.expressions.CombinedExpression(models.F('minutes'), '*', models.Value(datetime.timedelta(seconds=60)))))), name='part_ends'),
        ),
        migrations.AddConstraint(
            model_name='visitingschool',
            constraint=models.UniqueConstraint(fields=('event', 'school'), name='visiting_once'),
        ),
        migrations.AddIndex(
            model_name='work',
            index=models.Index(condition=models.Q(('state__in', ['ready', 'leased'])), fields=['due_at', 'id'], name='work_due'),
        ),
        migrations.AddIndex(
            model_name='work',
            index=models.Index(condition=models.Q(('state__in', ['ready', 'leased']), models.Q(('lane', ''), _negated=True)), fields=['lane', 'id'], name='work_lane'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.UniqueConstraint(fields=('fact', 'handler'), name='work_once_per_fact'),
        ),
    ]
