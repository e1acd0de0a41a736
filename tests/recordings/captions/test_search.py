"""Words are found in every language of the network, whatever accents and script they are typed in."""

import pytest

from events.kernel.actors import ANONYMOUS
from recordings.captions import chapters, commands, search
from recordings.library import commands as library
from recordings.library.models import Recording
from tests.factories.recordings import make_recording
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db

# What is said where: (recording, language) -> sentences, one every ten seconds.
SAID = {
    ("Vlerësimi pa nota", "sq"): [
        "Nxënësit e vlerësojnë vetë punën e tyre.", "Mësuesja përgatit pyetje të shkurtra.",
        "Çdo javë bëjmë një bisedë me prindërit.", "Shkolla jonë është në Shkodër.",
    ],
    ("Učenje bez ocjena", "hr"): [
        "Đaci vode dnevnik učenja.", "Ljiljana je počela s jednim razredom.",
        "Roditelji žele vidjeti brojke.", "Čitanje naglas pomaže svima.",
    ],
    ("Настава без оценки", "mk"): [
        "Учениците водат дневник.", "Ќе зборуваме за читањето на глас.",
        "Ѓорѓи и Љупка ја отвораат дискусијата.", "Џезве и ѕвезда се зборови со посебни букви.",
    ],
    ("Ђаци и дигитални алати", "sr"): [
        "Ђаци користе таблете на часу.", "Учитељица Љиљана показује пример.",
        "Свака школа има своју учионицу.", "Џорџ је дошао у посету.",
    ],
    ("Časovi na otvorenom", "sr-latn"): [
        "Đorđe je poveo odeljenje u šumu.", "Učionica je i park pored škole.",
        "Žurimo, ali učimo.", "Njihova beleška je kratka.",
    ],
    ("Értékelés osztályzat nélkül", "hu"): [
        "A gyerekek naplót vezetnek.", "Győr és Pécs iskolái együtt dolgoznak.",
        "Minden héten beszélgetünk a szülőkkel.", "Az űrlap rövid, a figyelem hosszú.",
    ],
    ("The traffic light", "en"): [
        "The traffic light is not a grade.", "Pupils put it there, not the teacher.",
        "It's the parents who asked for numbers.", "We read the diaries together.",
    ],
}  # fmt: skip

# Typed -> (title, second at which it is said), or the title alone (second None).
QUERIES = [
    ("nxenesit", "Vlerësimi pa nota", 0), ("vleresojne punen", "Vlerësimi pa nota", 0),
    ("pergat", "Vlerësimi pa nota", 10), ("cdo jave", "Vlerësimi pa nota", 20),
    ("SHKODËR", "Vlerësimi pa nota", 30), ("vleresimi", "Vlerësimi pa nota", None),
    ("djaci", "Učenje bez ocjena", 0), ("daci dnevnik", "Učenje bez ocjena", 0),
    ("ђаци воде", "Učenje bez ocjena", 0), ("citanje naglas", "Učenje bez ocjena", 30),
    ("roditelji zele", "Učenje bez ocjena", 20), ("ucenje bez", "Učenje bez ocjena", None),
    ("ucenicite vodat", "Настава без оценки", 0), ("учениците", "Настава без оценки", 0),
    ("gjorgji", "Настава без оценки", 20), ("ѕвезда", "Настава без оценки", 30),
    ("citanjeto", "Настава без оценки", 10), ("nastava", "Настава без оценки", None),
    ("đaci tablete", "Ђаци и дигитални алати", 0), ("uciteljica ljiljana", "Ђаци и дигитални алати", 10),
    ("svaka skola", "Ђаци и дигитални алати", 20), ("джорджа", None, None),
    ("djordje sumu", "Časovi na otvorenom", 0), ("ђорђе је повео", "Časovi na otvorenom", 0),
    ("ucionica park", "Časovi na otvorenom", 10), ("zurimo", "Časovi na otvorenom", 20),
    ("gyor pecs", "Értékelés osztályzat nélkül", 10), ("szulokkel", "Értékelés osztályzat nélkül", 20),
    ("űrlap", "Értékelés osztályzat nélkül", 30), ("gyerekek", "Értékelés osztályzat nélkül", 0),
    ("ertekeles", "Értékelés osztályzat nélkül", None), ("traffic li", "The traffic light", 0),
    ("its the parents", "The traffic light", 20), ("diaries", "The traffic light", 30),
    ("pupil teacher", "The traffic light", 10), ("nobody says this", None, None),
]  # fmt: skip


def captions(sentences):
    rows = [
        f"00:{10 * n // 60:02}:{10 * n % 60:02}.000 --> 00:{10 * n // 60:02}:{10 * n % 60 + 9:02}.000\n{text}\n"
        for n, text in enumerate(sentences)
    ]
    return ("WEBVTT\n\n" + "\n".join(rows)).encode()


def caption(row, language, sentences):
    return commands.add_track(
        row.pk, language=language, content=captions(sentences), origin="upload", by=SYSTEM, at=AT
    )


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def library_of_seven(world):
    event = make_event(world)
    for (title, language), sentences in SAID.items():
        row = make_recording(event, title=title, minutes=5)
        caption(row, language, sentences)
    return world.actor(world.teachers[0])


def test_thirty_queries_find_what_is_expected(library_of_seven):
    assert len(QUERIES) >= 30
    for typed, title, second in QUERIES:
        hits = search.find(typed, by=library_of_seven, at=AT)
        found = {(hit.recording.title, one.start // 1000) for hit in hits for one in hit.moments}
        named = {hit.recording.title for hit in hits if hit.titled}
        if title is None:
            assert not hits, typed
        elif second is None:
            assert title in named, typed
        else:
            assert (title, second) in found, typed


def test_only_what_one_may_watch_is_found(world, library_of_seven):
    assert search.find("diaries", by=library_of_seven, at=AT)
    assert search.find("diaries", by=ANONYMOUS, at=AT) == []
    stranger = make_world("AL")
    assert search.find("diaries", by=stranger.actor(stranger.teachers[0]), at=AT) == []


def test_what_was_cut_out_or_withdrawn_is_not_found(world, library_of_seven):
    row = Recording.objects.get(title="The traffic light")
    Recording.objects.filter(pk=row.pk).update(cuts=[[0, 10_000]])
    assert search.find("traffic", by=library_of_seven, at=AT)[0].moments == ()
    assert search.find("pupils", by=library_of_seven, at=AT)[0].moments[0].start == 0
    library.withdraw(row.pk, by=SYSTEM, at=AT)
    assert search.find("pupils", by=library_of_seven, at=AT) == []


def test_titles_come_before_chapters_and_chapters_before_what_is_said(world):
    event = make_event(world)
    said = make_recording(event, title="Jedan", minutes=5)
    caption(said, "hr", ["Dnevnik je kratak."])
    named = make_recording(event, title="Dva", minutes=5)
    chapters.write(named.pk, [chapters.Mark(60_000, "Dnevnik učenja")], by=SYSTEM, at=AT)
    titled = make_recording(event, title="Dnevnik", minutes=5)
    hits = search.find("dnevnik", by=world.actor(world.teachers[0]), at=AT)
    assert [hit.recording.pk for hit in hits] == [titled.pk, named.pk, said.pk]
    assert [one.start for one in hits[1].moments] == [60_000]


@pytest.mark.parametrize("typed", ["", "  ", "!!!", "& | :*", "'", "a:b", "(", "\\", "\x00x"])
def test_odd_input_does_no_harm(world, typed):
    search.find(typed, by=world.actor(world.teachers[0]), at=AT)
