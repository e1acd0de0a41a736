"""Italy."""

from config.demo.lands.land import Land, Theme, towns

_SURNAMES = (
    "Rossi, Russo, Ferrari, Esposito, Bianchi, Romano, Colombo, Ricci, Marino, Greco, Bruno, Gallo, "
    "Conti, De Luca, Costa, Giordano, Mancini, Rizzo, Lombardi, Moretti, Barbieri, Fontana, Santoro, "
    "Mariani, Rinaldi, Caruso, Ferrara, Galli, Martini, D’Angelo, Niccolò"
)
IT = Land(
    code="IT",
    names={"en": "Italy", "it": "Italia", "hr": "Italija", "sq": "Italia"},
    ministry="Ministero dell’Istruzione e del Merito",
    zone="Europe/Rome",
    language="it",
    scheme="it.cf",
    women=(
        "Giulia, Francesca, Chiara, Sara, Elena, Paola, Lucia, Valentina, Martina, Silvia, Ilaria, Federica, "
        "Cecilia, Letizia, Marta, Nicoletta"
    ),
    men=(
        "Marco, Andrea, Luca, Matteo, Davide, Alessandro, Simone, Giorgio, Stefano, Paolo, Nicolò, Gianluca, "
        "Emanuele, Pietro, Tommaso, Dario"
    ),
    surnames_women=_SURNAMES,
    surnames_men=_SURNAMES,
    towns=towns(
        "Roma 41.9028 12.4964; Firenze 43.7696 11.2558; Bologna 44.4949 11.3426; Torino 45.0703 7.6869;"
        "Napoli 40.8518 14.2681; Bari 41.1171 16.8719; Padova 45.4064 11.8768; Perugia 43.1107 12.3908;"
        "Cagliari 39.2238 9.1217; Palermo 38.1157 13.3615; Ancona 43.6158 13.5189; Forlì 44.2227 12.0407"
    ),
    schools=("Istituto comprensivo {}", "Liceo {}", "Istituto tecnico {}"),
    school_words="Il Tiglio, La Ginestra, Ponte Vecchio, Il Faro, La Quercia, Belvedere, Le Sorgenti",
    themes=(
        Theme("Colli e mare", "Ambienti di apprendimento"),
        Theme("Piccole scuole", "La classe diffusa", bottom_up=True),
        Theme("Via Emilia", "Valutare per imparare"),
        Theme("Sud che impara", "Didattica digitale integrata"),
    ),
    subjects="matematica, scienze, italiano, storia, inglese, tecnologia, musica",
    titles={
        "webinar": ("La lezione capovolta in pratica", "Prove autentiche", "Intelligenza artificiale a scuola"),
        "peer-exchange": ("Scienze con materiali poveri", "Leggere ad alta voce"),
        "course-module": ("Apprendimento misto, modulo 1", "Apprendimento misto, modulo 2"),
        "teachmeet": ("Piccoli passi, grandi lezioni", "Che cosa ha funzionato"),
        "workshop": ("Laboratorio: video brevi", "Coding senza computer"),
        "lesson-observation": ("Lezione aperta di storia",),
        "school-visit": ("Visita all’aula del futuro",),
        "conference": ("Giornata delle piccole scuole",),
        "cluster-meeting": ("Riunione mensile della rete",),
        "expert-visit": ("Incontro con l’esperta di inclusione",),
    },
    national=(
        "Webinar aperto: strumenti senza iscrizione",
        "Lezione: l’attenzione in classe",
        "Convegno delle scuole mentori",
    ),
    talks=(
        "Il quiz senza schermo, Cinque minuti di riscontro, Imparare all’aperto, Esperimento in un bicchiere, "
        "Il podcast di classe, La storia a fumetti, Gli alunni fanno le domande, Mappe disegnate a mano"
    ),
    summary="I docenti delle cinque scuole portano un’idea provata in classe; le altre si riprovano insieme.",
    staff_room="sala.docenti",
    room="Aula magna",
    reasons=("La relatrice è malata: comunichiamo la nuova data.", "Era presente, non ha firmato."),
)  # fmt: skip
