"""The mail server; without one, the mailbox of this installation."""

from config import env
from config.embedded import servers

EMAIL_SECURITY = env.choice("EMAIL_SECURITY", "starttls", ("starttls", "tls", "none"))
EMBEDDED_MAILBOX = not env.text("EMAIL_HOST")
MAILBOX_FOLDER = env.data_folder() / "mailbox"
MAILBOX_SOCKET = servers.postgres_of(env.data_folder()).sockets / "mail"

EMAIL_BACKEND = (
    "config.mailbox.delivery.SocketBackend"
    if EMBEDDED_MAILBOX
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 587, lowest=1)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls" and not EMBEDDED_MAILBOX
EMAIL_USE_SSL = EMAIL_SECURITY == "tls" and not EMBEDDED_MAILBOX
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "kolega@example.org")
# Where people write about their data; empty where nobody was named.
CONTACT = env.text("KOLEGA_CONTACT")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
