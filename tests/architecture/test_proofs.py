"""docs/proofs.md names only what is there."""

import re

from django.conf import settings


def test_every_file_named_as_a_proof_exists():
    text = (settings.BASE_DIR / "docs" / "proofs.md").read_text()
    named = set(re.findall(r"`((?:tests|bench|docs|\.ci)/[^`*]+?)`", text))
    assert len(named) > 30
    assert sorted(name for name in named if not (settings.BASE_DIR / name).exists()) == []
