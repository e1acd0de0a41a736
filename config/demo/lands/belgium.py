"""Belgium, the Flemish Community."""

from config.demo.lands.land import Land, Theme, towns

_SURNAMES = (
    "Peeters, Janssens, Maes, Jacobs, Mertens, Willems, Claes, Goossens, Wouters, De Smet, "
    "De Clercq, Hermans, Desmet, Pauwels, Aerts, Michiels, Verhoeven, Vermeulen, Lambrechts, Dubois, "
    "Van den Broeck, Smets, Cools, Declercq, Bogaert, Coppens, Segers, Lenaerts, Noë, Daniëls"
)
BE = Land(
    code="BE",
    names={"en": "Belgium", "nl": "België", "hr": "Belgija", "sq": "Belgjika"},
    ministry="Departement Onderwijs en Vorming",
    zone="Europe/Brussels",
    language="nl",
    scheme="be.nn",
    women=(
        "Els, An, Katrien, Lieve, Sofie, Ilse, Griet, Hilde, Noëlle, Joke, Veerle, Nele, Annelies, "
        "Heidi, Leen, Inge, Zoë, Saïda, Fatima, Chloé"
    ),
    men=(
        "Jan, Bart, Wim, Koen, Tom, Pieter, Stijn, Luc, Dirk, Geert, Bram, Joris, Joël, Kurt, Yassine, "
        "Raf, Wout, Maarten"
    ),
    surnames_women=_SURNAMES,
    surnames_men=_SURNAMES,
    towns=towns(
        "Brussel 50.8503 4.3517; Antwerpen 51.2194 4.4025; Gent 51.0543 3.7174; Brugge 51.2093 3.2247;"
        "Leuven 50.8798 4.7005; Mechelen 51.0259 4.4776; Hasselt 50.9307 5.3325; Genk 50.9661 5.5021;"
        "Kortrijk 50.8280 3.2649; Aalst 50.9378 4.0403; Oostende 51.2154 2.9270; Turnhout 51.3225 4.9447"
    ),
    schools=("GO! basisschool {}", "GO! atheneum {}", "GO! technisch atheneum {}"),
    school_words="De Linde, Het Kompas, De Zonnebloem, De Vlieger, Het Anker, De Regenboog, De Brug",
    themes=(
        Theme("Scheldeland", "Leren zichtbaar maken"),
        Theme("De Vaart", "Werken met laptops in elke klas"),
        Theme("Kempen samen", "Professionele leergemeenschappen", bottom_up=True),
        Theme("Kust en polder", "Taal in elk vak"),
    ),
    subjects="wiskunde, Nederlands, Frans, wetenschappen, techniek, geschiedenis, aardrijkskunde",
    titles={
        "webinar": ("Feedback geven zonder punten", "Videolessen die werken", "AI in de klas"),
        "peer-exchange": ("Collega’s over taalzwakke leerlingen", "Samen kijken naar toetsen"),
        "course-module": ("Blended leren, module 1", "Blended leren, module 2"),
        "teachmeet": ("Kleine stappen, grote winst", "Wat werkte in mijn klas"),
        "workshop": ("Werkplaats: podcasts met leerlingen", "Programmeren zonder computer"),
        "lesson-observation": ("Kijkles wiskunde in duo",),
        "school-visit": ("Op bezoek in het leerlab",),
        "job-shadowing": ("Een dag mee met de ICT-coördinator",),
        "cluster-meeting": ("Maandelijks overleg van de cluster",),
        "lecture": ("Lezing: leesplezier op elke leeftijd",),
    },
    national=(
        "Open webinar: differentiëren zonder extra werk",
        "Lezing: rust in de klas",
        "Studiedag: scholen leren van scholen",
    ),
    talks=(
        "Exit-tickets, Stil debat, Een quiz in twee minuten, Leren buiten, Rekenen met kaarten, "
        "De klas als redactie, Vertellen met beeld, Leerlingen maken de toets"
    ),
    summary="Leraren van de vijf scholen delen wat ze deden en wat ze een volgende keer anders doen.",
    staff_room="leraarskamer",
    room="Leerlab, eerste verdieping",
    reasons=("De spreker is ziek; we zoeken een nieuwe datum.", "Was aanwezig, vergat te tekenen."),
)  # fmt: skip
