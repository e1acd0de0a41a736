"""The database of the demo network is copied even while somebody idles in the one it is made from."""

import psycopg
import pytest
from django.db import connection

from tests.factories import demo


def test_who_idles_in_the_database_is_sent_away(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        plain = connection.settings_dict["NAME"]
        values = {**connection.get_connection_params(), "dbname": plain}
        wanted = {"dbname", "user", "password", "host", "port"}
        idle = psycopg.connect(**{name: values[name] for name in wanted & set(values)})
        demo._copy(f"{plain}_try", plain)
        demo._run(f'DROP DATABASE "{plain}_try"')
        with pytest.raises(psycopg.OperationalError):
            idle.execute("SELECT 1")
        idle.close()
