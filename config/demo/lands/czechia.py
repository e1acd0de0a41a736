"""Czechia."""

from config.demo.lands.land import Land, Theme, towns

CZ = Land(
    code="CZ",
    names={"en": "Czechia", "cs": "Česko", "hr": "Češka", "sq": "Çekia"},
    ministry="Ministerstvo školství, mládeže a tělovýchovy",
    zone="Europe/Prague",
    language="cs",
    scheme="cz.rc",
    women=(
        "Jana, Hana, Lucie, Eva, Kateřina, Tereza, Veronika, Zdeňka, Šárka, Běla, Alžběta, Markéta, "
        "Lenka, Jitka, Renata, Květa, Iveta, Žaneta"
    ),
    men=(
        "Jiří, Petr, Tomáš, Pavel, Ondřej, Vojtěch, Matěj, Lukáš, Radek, Zdeněk, Libor, Řehoř, Štěpán, "
        "Jakub, Miloš, Bohuslav"
    ),
    surnames_women=(
        "Nováková, Svobodová, Dvořáková, Černá, Procházková, Kučerová, Veselá, Horáková, Němcová, "
        "Marková, Pospíšilová, Hájková, Jelínková, Králová, Růžičková, Benešová, Fialová, Sedláčková, "
        "Doležalová, Zemanová, Kolářová, Navrátilová, Čermáková, Vaňková, Urbanová, Řezníčková"
    ),
    surnames_men=(
        "Novák, Svoboda, Dvořák, Černý, Procházka, Kučera, Veselý, Horák, Němec, Marek, Pospíšil, "
        "Hájek, Jelínek, Král, Růžička, Beneš, Fiala, Sedláček, Doležal, Zeman, Kolář, Navrátil, "
        "Čermák, Vaněk, Urban, Řezníček"
    ),
    towns=towns(
        "Praha 50.0755 14.4378; Brno 49.1951 16.6068; Ostrava 49.8209 18.2625; Plzeň 49.7384 13.3736;"
        "Liberec 50.7663 15.0543; Olomouc 49.5938 17.2509; Hradec Králové 50.2103 15.8252;"
        "Pardubice 50.0343 15.7812; Zlín 49.2264 17.6707; Jihlava 49.3961 15.5903; Kladno 50.1477 14.1028;"
        "Třebíč 49.2149 15.8817"
    ),
    schools=("Základní škola {}", "Gymnázium {}", "Střední průmyslová škola {}"),
    school_words="U Lípy, Na Kopci, Za Mostem, Sluneční, U Studánky, Zelená, Pod Hradem",
    themes=(
        Theme("Moravská brána", "Formativní hodnocení"),
        Theme("Labe", "Digitální technologie napříč předměty", bottom_up=True),
        Theme("Vysočina", "Malé školy spolu"),
        Theme("Praha a okolí", "Sdílené vyučování"),
    ),
    subjects="matematika, fyzika, český jezik, informatika, dějepis, zeměpis, angličtina",
    titles={
        "webinar": ("Robotika od první třídy", "Jak zadat domácí úkol jinak", "Bezpečně na síti"),
        "peer-exchange": ("Chemie doma v kuchyni", "Čtenářské dílny"),
        "course-module": ("Kombinovaná výuka, 1. část", "Kombinovaná výuka, 2. část"),
        "teachmeet": ("Malé kroky, velká hodina", "Co se mi osvědčilo"),
        "workshop": ("Dílna: natáčíme krátké lekce", "Geometrie s papírem"),
        "lesson-observation": ("Otevřená hodina fyziky",),
        "school-visit": ("Návštěva učebny budoucnosti",),
        "exchange-visit": ("Výměnný den dvou sboroven",),
        "cluster-meeting": ("Pravidelná schůzka klastru",),
        "birds-of-a-feather": ("Učitelé informatiky u jednoho stolu",),
    },
    national=(
        "Otevřený webinář: nástroje bez přihlášení",
        "Přednáška: klid ve třídě",
        "Konference: školy se učí od škol",
    ),
    talks=(
        "Rychlá zpětná vazba, Kvíz na kartičkách, Učíme se venku, Pokus ve sklenici, Třídní noviny, "
        "Dějepis v komiksu, Podcast od žáků, Matematika s provázkem"
    ),
    summary="Setkání učitelů pěti škol: krátké příspěvky, otázky a materiály ke stažení.",
    staff_room="sborovna",
    room="Učebna 12",
    reasons=("Lektorka onemocněla, hledáme náhradní termín.", "Byl v sále, jen se nepodepsal."),
)  # fmt: skip
