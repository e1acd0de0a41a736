"""The day of removal is called as pages and programs call it, and every recording has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rename the day; one without it, if there is any, is kept for a year from when it came in."""

    dependencies = [("recordings", "0001_initial")]

    operations = [
        migrations.RenameField("recording", "retain_until", "kept_until"),
        migrations.RunSQL(
            "UPDATE recordings_recording SET kept_until = created_at::date + 365"
            " WHERE kept_until IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("recording", "kept_until", models.DateField()),
    ]
