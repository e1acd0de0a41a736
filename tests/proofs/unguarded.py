"""Settings of the controls: the product with the guards named in PROOF_WITHOUT taken away.

Only the proofs start a server with these settings; nothing here can be reached from the product.
"""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "tests.proofs.without.Without"]
MIDDLEWARE = ["tests.proofs.without.slow_line", *MIDDLEWARE]
