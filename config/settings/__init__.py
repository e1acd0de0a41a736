"""Settings, one small file per concern, all from the environment."""

from config.settings.application import *
from config.settings.cache import *
from config.settings.database import *
from config.settings.files import *
from config.settings.languages import *
from config.settings.logs import *
from config.settings.mail import *
from config.settings.meetings import *
from config.settings.recordings import *
from config.settings.security import *
from config.settings.signin import *
from config.settings.work import *
