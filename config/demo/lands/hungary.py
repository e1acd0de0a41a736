"""Hungary."""

from config.demo.lands.land import Land, Theme, towns

_SURNAMES = (
    "Nagy, Kovács, Tóth, Szabó, Horváth, Varga, Kiss, Molnár, Németh, Farkas, Balogh, Papp, Takács, "
    "Juhász, Lakatos, Mészáros, Oláh, Simon, Rácz, Fekete, Szilágyi, Török, Fehér, Gál, Szűcs, Kőszegi, "
    "Bíró, Hegedűs, Vörös, Győri"
)
HU = Land(
    code="HU",
    names={"en": "Hungary", "hu": "Magyarország", "hr": "Mađarska", "sq": "Hungaria"},
    ministry="Oktatási Hivatal",
    zone="Europe/Budapest",
    language="hu",
    scheme="hu.om",
    women=(
        "Katalin, Zsuzsanna, Erzsébet, Ágnes, Éva, Ildikó, Mónika, Krisztina, Tímea, Judit, Réka, "
        "Orsolya, Tünde, Gyöngyi, Zsófia, Enikő"
    ),
    men=(
        "László, István, Zoltán, Gábor, Péter, Attila, Tamás, Balázs, György, Ákos, Bence, Gergő, Dániel, "
        "Ádám, Márton, Szabolcs"
    ),
    surnames_women=_SURNAMES,
    surnames_men=_SURNAMES,
    towns=towns(
        "Budapest 47.4979 19.0402; Debrecen 47.5316 21.6273; Szeged 46.2530 20.1414; Pécs 46.0727 18.2323;"
        "Győr 47.6875 17.6504; Miskolc 48.1035 20.7784; Sopron 47.6817 16.5845; Eger 47.9025 20.3772;"
        "Kecskemét 46.9062 19.6913; Szombathely 47.2307 16.6218; Veszprém 47.1028 17.9093;"
        "Nyíregyháza 47.9495 21.7244; Békéscsaba 46.6736 21.0877"
    ),
    schools=("{} Általános Iskola", "{} Gimnázium", "{} Technikum"),
    school_words="Napsugár, Tölgyfa, Csillag, Kőhíd, Tulipán, Forrás, Hársfa",
    themes=(
        Theme("Tiszamenti iskolák", "Digitális mentorálás távolról", bottom_up=True),
        Theme("Dunakanyar", "Játékos tanulás"),
        Theme("Nyugati kapu", "Differenciálás a gyakorlatban"),
        Theme("Alföldi kör", "Szövegértés minden órán"),
    ),
    subjects="matematika, fizika, magyar, történelem, informatika, biológia, földrajz",
    titles={
        "webinar": ("Online óra unalom nélkül", "Gyors visszajelzés", "Mesterséges intelligencia az órán"),
        "peer-exchange": ("Kísérletek konyhai eszközökkel", "Olvasóklub tanároknak"),
        "course-module": ("Vegyes tanulás, 1. modul", "Vegyes tanulás, 2. modul"),
        "teachmeet": ("Kis lépések, nagy órák", "Ami nálam bevált"),
        "workshop": ("Műhely: rövid videók készítése", "Kódolás játékkal"),
        "lesson-observation": ("Nyílt óra: törtek másképp",),
        "school-visit": ("Látogatás a tanulólaborban",),
        "job-shadowing": ("Egy nap az igazgatóhelyettessel",),
        "cluster-meeting": ("Havi klasztermegbeszélés",),
        "lecture": ("Előadás: figyelem és képernyő",),
    },
    national=(
        "Nyílt webinárium: eszközök regisztráció nélkül",
        "Előadás: nyugalom az osztályban",
        "Mentoriskolák konferenciája",
    ),
    talks=(
        "Kvíz képernyő nélkül, Kártyás szavazás, Tanulás a szabadban, Kísérlet egy pohárban, Iskolarádió, "
        "Képregény a történelemórán, A diákok kérdeznek, Térképrejtvény"
    ),
    summary="Öt iskola tanárai osztják meg, mi vált be náluk; minden bemutatóhoz letölthető anyag jár.",
    staff_room="tanari",
    room="Díszterem",
    reasons=("Az előadó megbetegedett, új időpontot küldünk.", "Jelen volt, de nem írta alá az ívet."),
    family_first=True,
)  # fmt: skip
