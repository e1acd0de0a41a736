"""What is really in a file: the colour and the tone at a second."""

import subprocess
from array import array
from itertools import pairwise

from recordings.media import tools

RATE = 16000


def _out(path, second, *options):
    call = [tools.ffmpeg(), "-nostdin", "-loglevel", "error", "-ss", str(second), "-i", str(path)]
    return subprocess.run([*call, *options, "pipe:1"], capture_output=True, check=True).stdout


def colour_at(path, second):
    """`red`, `lime` or `blue`: the largest share of the picture."""
    raw = _out(path, second, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24")
    shares = [sum(raw[channel::3]) for channel in range(3)]
    return ("red", "lime", "blue")[shares.index(max(shares))]


def tone_at(path, second):
    """The frequency in hertz over a third of a second, by how often the wave crosses zero."""
    raw = _out(path, second, "-t", "0.33", "-vn", "-f", "s16le", "-ac", "1", "-ar", str(RATE))
    sound = array("h", raw)
    crossings = sum((one < 0) != (two < 0) for one, two in pairwise(sound))
    return round(crossings * RATE / len(sound) / 2)
