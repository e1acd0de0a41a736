"""Croatia."""

from config.demo.lands.land import Land, Theme, towns

_SURNAMES = (
    "Horvat, Kovačević, Babić, Marić, Jurić, Novak, Kovačić, Knežević, Vuković, Marković, Petrović, "
    "Matić, Tomić, Pavlović, Božić, Blažević, Grgić, Pavić, Radić, Perić, Filipović, Šarić, Lovrić, "
    "Vidović, Perković, Popović, Bošnjak, Jukić, Barišić, Župan, Šimić, Đurić, Čačić, Žagar, Ćosić"
)
HR = Land(
    code="HR",
    names={"en": "Croatia", "hr": "Hrvatska", "sq": "Kroacia"},
    ministry="Ministarstvo znanosti, obrazovanja i mladih",
    zone="Europe/Zagreb",
    language="hr",
    scheme="hr.oib",
    women=(
        "Ana, Željka, Ivana, Marija, Petra, Maja, Lucija, Dora, Nika, Katarina, Jelena, Mirjana, "
        "Snježana, Tihana, Vesna, Gordana, Đurđica, Branka, Helena, Sanja, Tea, Žana, Antonija, Iva"
    ),
    men=(
        "Ivan, Marko, Luka, Josip, Tomislav, Hrvoje, Ante, Mario, Davor, Krešimir, Zvonimir, Goran, "
        "Damir, Željko, Stjepan, Nikola, Filip, Borna, Vedran, Siniša"
    ),
    surnames_women=_SURNAMES,
    surnames_men=_SURNAMES,
    towns=towns(
        "Zagreb 45.8150 15.9819; Split 43.5081 16.4402; Rijeka 45.3271 14.4422; Osijek 45.5550 18.6955;"
        "Zadar 44.1194 15.2314; Pula 44.8666 13.8496; Varaždin 46.3057 16.3366; Šibenik 43.7350 15.8952;"
        "Karlovac 45.4872 15.5478; Čakovec 46.3844 16.4339; Bjelovar 45.8986 16.8489;"
        "Đakovo 45.3088 18.4106; Požega 45.3403 17.6853; Sisak 45.4661 16.3783; Vukovar 45.3452 19.0010"
    ),
    schools=("Osnovna škola {}", "Gimnazija {}", "Srednja škola {}", "Tehnička škola {}"),
    school_words="Lipa, Sunčani brijeg, Zvijezda, Morska vrata, Hrast, Bijela kula, Maslina, Izvor",
    themes=(
        Theme("Zvijezda sjevera", "Digitalni mjehurići u nastavi", bottom_up=True),
        Theme("Jadranski most", "Miješano mentorstvo na daljinu", bottom_up=True),
        Theme("Slavonski krug", "Vrednovanje za učenje"),
        Theme("Zagrebački prsten", "Učionica budućnosti"),
    ),
    subjects="matematika, fizika, kemija, biologija, hrvatski jezik, informatika, povijest",
    titles={
        "webinar": (
            "Digitalni alati koji štede vrijeme",
            "Kako voditi sat u kojem pitaju učenici",
            "Umjetna inteligencija u zbornici",
            "Pristupačni nastavni materijali",
            "Sigurnost djece na internetu",
        ),
        "peer-exchange": ("Kemija bez skupog pribora", "Matematika u dvorištu škole"),
        "course-module": (
            "Miješano učenje, prvi modul",
            "Miješano učenje, drugi modul",
            "Miješano učenje, treći modul",
        ),
        "teachmeet": ("Mali koraci, veliki sat", "Što je upalilo u mom razredu"),
        "workshop": ("Radionica snimanja kratkih lekcija", "Micro:bit za početnike"),
        "lesson-observation": ("Sat fizike s telefonima", "Čitanje u parovima"),
        "school-visit": ("Dan otvorenih vrata škole mentorice",),
        "expert-visit": ("Posjet stručnjakinje za rad s darovitima",),
        "cluster-meeting": ("Mjesečni sastanak klastera",),
        "birds-of-a-feather": ("Fizičari za istim stolom",),
    },
    national=(
        "Otvoreni webinar: alati bez prijave",
        "Predavanje: pažnja u doba zaslona",
        "Susret mentorskih škola",
    ),
    talks=(
        "Kviz bez ekrana, Pet minuta za povratnu informaciju, Virtualni izlet, Glasovanje karticama, "
        "Stripovi iz povijesti, Eksperiment u čaši, Razredni podcast, Učenici pišu zadatke"
    ),
    summary="Razmjena iskustava među školama klastera, s primjerima koje možete isprobati već sutra.",
    staff_room="zbornica",
    room="Školska knjižnica",
    reasons=("Predavačica je bolesna, javljamo novi termin.", "Bio je u dvorani, lista nije potpisana."),
)  # fmt: skip
