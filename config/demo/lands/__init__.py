"""What each country of the demo network is made of: invented names, real towns, texts."""

from config.demo.lands.albania import AL
from config.demo.lands.belgium import BE
from config.demo.lands.croatia import HR
from config.demo.lands.czechia import CZ
from config.demo.lands.hungary import HU
from config.demo.lands.italy import IT
from config.demo.lands.land import Land, Theme, words
from config.demo.lands.macedonia import MK
from config.demo.lands.portugal import PT
from config.demo.lands.serbia import RS

# The six countries of the MenSI project, with four clusters of five schools each.
MENSI: tuple[Land, ...] = (HR, BE, CZ, HU, IT, PT)
OTHERS: tuple[Land, ...] = (AL, MK, RS)
LANDS: tuple[Land, ...] = (*MENSI, *OTHERS)

__all__ = ["LANDS", "MENSI", "OTHERS", "Land", "Theme", "words"]
