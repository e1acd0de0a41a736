"""Languages of the interface, and time."""

from config import env

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("hr", "Hrvatski"), ("sq", "Shqip")]
# Django takes the first installed app's word for a text; those of other packages come first in the
# list of apps. What is named here wins over all of them.
LOCALE_PATHS = [
    env.ROOT / app / "locale"
    for app in ("config", "events", "recordings", "attendance", "integrations")
]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
