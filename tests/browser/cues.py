"""Captions in a player: words that are added to a film, and what a browser says of them."""

from recordings.captions import commands
from recordings.captions.queries import stamp
from tests.factories.world import AT, SYSTEM

# Keeps when which words came up, in seconds of the player.
HEAR = """() => {
  const media = document.querySelector('#player'), track = media.textTracks[0];
  window.cues = [];
  track.addEventListener('cuechange', () => {
    for (const cue of track.activeCues) window.cues.push([cue.text, media.currentTime]);
  });
}"""
TRACKS = """media => [...media.textTracks].map((one) => [one.kind, one.language, one.mode])"""
LOADED = """media => [...media.textTracks[0].cues].map((cue) => [cue.text, cue.startTime, cue.endTime])"""


def caption(row, spans):
    """Captions with words at spans of seconds of the player, in the language of the recording."""
    cues = "".join(
        f"\n{stamp(int(start * 1000))} --> {stamp(int(end * 1000))}\nWords {number}\n"
        for number, (start, end) in enumerate(spans)
    )
    commands.add_track(
        row.pk, language=row.language, content=f"WEBVTT\n{cues}".encode(), origin="upload",
        by=SYSTEM, at=AT,
    )  # fmt: skip


def first_at(told):
    """When each text came up first."""
    return dict(reversed(told))
