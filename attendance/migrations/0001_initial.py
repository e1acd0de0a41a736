import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The ledger is added to, never changed: a correction is a counter-entry.
APPEND_ONLY = """
CREATE FUNCTION attendance_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the ledger are never changed; post a counter-entry';
END $$;
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE ON attendance_entry
    FOR EACH ROW EXECUTE FUNCTION attendance_entry_is_final();
"""
CHANGEABLE = """
DROP TRIGGER entry_is_final ON attendance_entry;
DROP FUNCTION attendance_entry_is_final();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('as_of', models.DateTimeField()),
                ('state', models.CharField(choices=[('freezing', 'Freezing'), ('ready', 'Ready')], db_collation='C', default='freezing', max_length=8)),
                ('ready_lines', models.PositiveIntegerField(default=0)),
                ('other_lines', models.PositiveIntegerField(default=0)),
                ('manifest', models.JSONField(default=dict)),
                ('sha256', models.CharField(blank=True, db_collation='C', max_length=64)),
                ('frozen_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.country')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.term')),
            ],
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('facts', models.JSONField()),
                ('digest', models.CharField(db_collation='C', max_length=64)),
                ('verdict_version', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('issued', 'issued'), ('superseded', 'superseded'), ('revoked', 'revoked')], db_collation='C', default='issued', max_length=10)),
                ('issued_at', models.DateTimeField(db_index=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, db_collation='C', max_length=24)),
                ('end_note', models.CharField(blank=True, max_length=300)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('successor', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessor', to='attendance.certificate')),
            ],
        ),
        migrations.CreateModel(
            name='BatchLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ready', models.BooleanField()),
                ('body', models.JSONField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='attendance.batch')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attendance.certificate')),
            ],
        ),
        migrations.CreateModel(
            name='ReportImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_collation='C', max_length=64)),
                ('file_name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('ready', 'Ready'), ('taken', 'Taken')], db_collation='C', default='ready', max_length=8)),
                ('answers', models.JSONField(default=dict)),
                ('format', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('people', models.PositiveIntegerField()),
                ('warnings', models.JSONField(default=list)),
                ('held_start', models.DateTimeField(null=True)),
                ('held_end', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.event')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.part')),
            ],
        ),
        migrations.CreateModel(
            name='RuleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('version', models.CharField(db_collation='C', max_length=40)),
                ('body', models.JSONField()),
                ('valid_from', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='rule_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(db_collation='C', max_length=40, unique=True)),
                ('names', models.JSONField()),
                ('country', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.country')),
            ],
        ),
        migrations.CreateModel(
            name='SchemeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(db_collation='C', max_length=40)),
                ('valid_from', models.DateField()),
                ('rule', models.JSONField()),
                ('source', models.CharField(blank=True, max_length=300)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='attendance.scheme')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('award', 'Award'), ('reversal', 'Reversal')], db_collation='C', max_length=10)),
                ('minutes', models.IntegerField()),
                ('hours', models.DecimalField(decimal_places=2, max_digits=8)),
                ('reasons', models.JSONField(default=list)),
                ('occurred_on', models.DateField()),
                ('booked_at', models.DateTimeField()),
                ('before_hash', models.CharField(blank=True, db_collation='C', max_length=64)),
                ('chain_hash', models.CharField(db_collation='C', max_length=64)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='attendance.certificate')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='attendance.entry')),
                ('scheme_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='attendance.schemeversion')),
            ],
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('settled', 'Settled')], db_collation='C', default='open', max_length=10)),
                ('version', models.PositiveIntegerField(default=0)),
                ('rule', models.JSONField(default=dict)),
                ('settled_at', models.DateTimeField(null=True)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.event')),
            ],
        ),
        migrations.CreateModel(
            name='SightingRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_key', models.CharField(blank=True, db_collation='C', max_length=200)),
                ('seen_name', models.CharField(blank=True, max_length=200)),
                ('seen_email', models.CharField(blank=True, max_length=254)),
                ('matched_by', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('mode', models.CharField(choices=[('room', 'room'), ('online', 'online'), ('recording', 'recording')], db_collation='C', max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('last_sign_at', models.DateTimeField(null=True)),
                ('stated_seconds', models.PositiveIntegerField(null=True)),
                ('waiting', models.BooleanField(default=False)),
                ('evidence', models.CharField(choices=[('corrected', 'corrected'), ('measured', 'measured'), ('attested', 'attested'), ('presumed', 'presumed')], db_collation='C', max_length=10)),
                ('source', models.CharField(choices=[('door', 'Door'), ('paper', 'Paper'), ('report', 'Report'), ('correction', 'Correction')], db_collation='C', max_length=12)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('key', models.CharField(db_collation='C', max_length=80, null=True, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.event')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.part')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sightings', to='attendance.reportimport')),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('facts', models.JSONField()),
                ('digest', models.CharField(db_collation='C', max_length=64)),
                ('issued_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='VerdictRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('current', models.BooleanField(default=True)),
                ('status', models.CharField(choices=[('present', 'present'), ('partial', 'partial'), ('absent', 'absent'), ('excused', 'excused'), ('review', 'review')], db_collation='C', max_length=10)),
                ('evidence', models.CharField(db_collation='C', max_length=10)),
                ('minutes_counted', models.PositiveIntegerField()),
                ('minutes_planned', models.PositiveIntegerField()),
                ('minutes_room', models.PositiveIntegerField()),
                ('minutes_online', models.PositiveIntegerField()),
                ('minutes_recording', models.PositiveIntegerField(default=0)),
                ('percent', models.PositiveSmallIntegerField()),
                ('unit_minutes', models.PositiveSmallIntegerField()),
                ('rule_version', models.CharField(db_collation='C', max_length=40)),
                ('reasons', models.JSONField(default=list)),
                ('judged_at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Withheld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=40)),
                ('values', models.JSONField(default=dict)),
                ('since', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.UniqueConstraint(fields=('term', 'order'), name='batch_order_once'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['person', 'issued_at'], name='certificate_person'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'issued')), fields=('event', 'person'), name='certificate_in_force_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('state', 'issued')), models.Q(models.Q(('state', 'issued'), _negated=True), ('ended_at__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='certificate_end_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.UniqueConstraint(fields=('batch', 'certificate'), name='line_once'),
        ),
        migrations.AddConstraint(
            model_name='reportimport',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('part', 'sha256'), name='report_once'),
        ),
        migrations.AddConstraint(
            model_name='schemeversion',
            constraint=models.UniqueConstraint(fields=('scheme', 'version'), name='scheme_version_once'),
        ),
        migrations.AddConstraint(
            model_name='schemeversion',
            constraint=models.UniqueConstraint(fields=('scheme', 'valid_from'), name='scheme_one_rule_a_day'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['person', 'id'], name='entry_person'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'award')), fields=('certificate', 'scheme_version'), name='award_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('person', 'before_hash'), name='ledger_one_successor'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hours__gte', 0), ('kind', 'award'), ('reverses__isnull', True)), models.Q(('hours__lte', 0), ('kind', 'reversal'), ('reverses__isnull', False)), _connector='OR'), name='entry_sign'),
        ),
        migrations.AddIndex(
            model_name='sightingrow',
            index=models.Index(fields=['event', 'person'], name='sighting_event'),
        ),
        migrations.AddConstraint(
            model_name='sightingrow',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='sighting_order'),
        ),
        migrations.AddConstraint(
            model_name='verdictrow',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('event', 'person'), name='verdict_current_once'),
        ),
        migrations.AddConstraint(
            model_name='verdictrow',
            constraint=models.CheckConstraint(condition=models.Q(('minutes_counted__lte', models.F('minutes_planned'))), name='verdict_minutes'),
        ),
        migrations.AddConstraint(
            model_name='withheld',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='withheld_once'),
        ),
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
    ]
