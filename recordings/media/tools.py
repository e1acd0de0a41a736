"""The transcoder: named by a setting, on the path, or from its wheel, in this order."""

import shutil
from functools import cache
from pathlib import Path

import imageio_ffmpeg
from django.conf import settings

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop

# Of strangers' files nothing else is read; the prober, a script of its own, has the same list.
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,mp3,wav,w64,flac,mpegts,mpeg,avi,flv,asf,aac"


class NoTranscoder(DomainError):
    """Neither the setting nor the path nor the wheel has an ffmpeg that can be run."""

    code = "no_transcoder"
    status = 503
    hopeless = True  # trying again cannot help
    sentence = gettext_noop(
        "Recordings cannot be made smaller here: the administrator must install ffmpeg."
    )


@cache
def ffmpeg() -> str:
    """Path of the ffmpeg to run; raises NoTranscoder."""
    if settings.FFMPEG:
        return _usable(settings.FFMPEG)
    if found := shutil.which("ffmpeg"):
        return found
    try:
        return _usable(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise NoTranscoder from error


def _usable(path: str) -> str:
    if not Path(path).is_file():
        raise NoTranscoder
    return path
