import pytest

from tests.recordings.viewing import kept


@pytest.fixture(scope="module")
def bucket_port():
    server = kept.s3_server()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture
def folder(settings, tmp_path):
    kept.in_folder(settings, tmp_path)
    return tmp_path


@pytest.fixture(params=["folder", "s3"])
def place(request, settings, tmp_path):
    """Where files lie: each test runs over both."""
    if request.param == "folder":
        kept.in_folder(settings, tmp_path)
    else:
        kept.in_bucket(settings, request.getfixturevalue("bucket_port"))
    return request.param
