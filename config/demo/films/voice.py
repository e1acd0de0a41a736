"""Speaks sentences into a WAV file; run as a script of its own, because the speaker is a C library.

`voice.py REQUEST SOUND`: REQUEST is a JSON file `{"voice", "pace", "lines": [[text, pause_ms], …]}`;
prints the milliseconds at which each line begins and ends, without its pause.
"""

import array
import ctypes
import json
import sys
import wave
from pathlib import Path

import espeakng_loader

SYNCHRONOUS = 2  # the samples are handed over before the call returns
RATE = 1  # the parameter for words per minute
CHARS_UTF8 = 1


class Speaker:
    """The library with one voice; keeps the samples it is handed."""

    def __init__(self, voice: str, pace: int) -> None:
        """Load the voice; `pace` in words a minute."""
        self.samples = array.array("h")
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        home = espeakng_loader.get_data_path().encode()
        self.hertz = int(self._library.espeak_Initialize(SYNCHRONOUS, 0, home, 0))
        kind = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
        )
        self._keep = kind(self._hear)
        self._library.espeak_SetSynthCallback(self._keep)
        if self.hertz <= 0 or self._library.espeak_SetVoiceByName(voice.encode()):
            message = f"there is no voice {voice}"
            raise SystemExit(message)
        self._library.espeak_SetParameter(RATE, pace, 0)

    def _hear(self, samples: "ctypes._Pointer[ctypes.c_short]", number: int, _events: int) -> int:
        if number > 0:  # none come with the end of a line
            self.samples.frombytes(ctypes.string_at(samples, 2 * number))
        return 0

    def say(self, text: str) -> None:
        """Append a line."""
        content = text.encode()
        self._library.espeak_Synth(
            content, ctypes.c_size_t(len(content) + 1), 0, 0, 0, CHARS_UTF8, None, None
        )

    def pause(self, milliseconds: int) -> None:
        """Append silence."""
        self.samples.extend([0] * (self.hertz * milliseconds // 1000))

    @property
    def now(self) -> int:
        """Milliseconds so far."""
        return len(self.samples) * 1000 // self.hertz


def main(request: Path, sound: Path) -> list[tuple[int, int]]:
    """Speak everything; when each line begins and ends."""
    wanted = json.loads(request.read_text(encoding="utf-8"))
    speaker, times = Speaker(wanted["voice"], wanted["pace"]), []
    for text, pause in wanted["lines"]:
        begins = speaker.now
        speaker.say(text)
        times.append((begins, speaker.now))
        speaker.pause(pause)
    with wave.open(str(sound), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(speaker.hertz)
        out.writeframes(speaker.samples.tobytes())
    return times


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
