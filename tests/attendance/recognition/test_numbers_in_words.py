"""Steps of a rule are written with the decimal sign of the reader's language."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from attendance.recognition import learning

STEPS = [("en", "0.25"), ("hr", "0,25"), ("sq", "0,25")]


@pytest.mark.parametrize("kept", ["0.25", "0.250"])
@pytest.mark.parametrize(("language", "written"), STEPS)
def test_the_step_has_the_sign_of_the_language(monkeypatch, language, written, kept):
    monkeypatch.setattr(learning.certificate, "minutes", lambda record: "150 min")
    entry = SimpleNamespace(reasons=[("counted", {"minutes": 150, "unit": 60, "step": kept})])
    with override(language):
        said = learning._counted(entry, record=None)
    assert f" {written} " in f"{said} "
    assert "60" in said
