"""Albania."""

from config.demo.lands.land import Land, Theme, towns

_SURNAMES = (
    "Hoxha, Shehu, Gjoka, Dervishi, Leka, Çela, Prifti, Marku, Gjoni, Dedja, Kola, Bushi, Zeneli, Hysa, "
    "Mëhilli, Krasniqi, Pëllumbi, Sinani, Ndoja, Xhafa, Rrapi, Muça"
)
AL = Land(
    code="AL",
    names={"en": "Albania", "sq": "Shqipëria", "hr": "Albanija"},
    ministry="Ministria e Arsimit dhe Sportit",
    zone="Europe/Tirane",
    language="sq",
    scheme="al.nid",
    women=(
        "Elira, Ardita, Blerta, Mimoza, Teuta, Vjollca, Drita, Arbërie, Majlinda, Ermira, Lindita, Rozafa, "
        "Fatmire, Valbona, Shpresa"
    ),
    men=(
        "Arben, Besnik, Dritan, Ilir, Gëzim, Luan, Agim, Ylli, Kujtim, Sokol, Artan, Përparim, Fatos, "
        "Bujar, Astrit"
    ),
    surnames_women=_SURNAMES,
    surnames_men=_SURNAMES,
    towns=towns(
        "Tiranë 41.3275 19.8187; Shkodër 42.0693 19.5126; Elbasan 41.1125 20.0822; Vlorë 40.4661 19.4914;"
        "Vlorë 40.4700 19.4900; Vlorë 40.4640 19.4970; Berat 40.7058 19.9522; Lezhë 41.7836 19.6436;"
        "Korçë 40.6186 20.7808; Pogradec 40.9025 20.6525; Durrës 41.3231 19.4414"
    ),
    schools=("{}",),
    school_words=(
        "Shkolla Teknike Ekonomike, Shkolla profesionale “Hamdi Bushati”, Shkolla profesionale “Salih Çeka”, "
        "Shkolla industriale “Pavarësia”, Shkolla profesionale “Ali Myftiu”, Shkolla Tregtare, "
        "Shkolla profesionale “Kristo Isak”, Shkolla profesionale “Kolin Gjoka”, "
        "Shkolla e mesme “Rilindja e Re”, Shkolla e mesme “Liqeni”, Shkolla e mesme “Bregdeti”"
    ),
    themes=(
        Theme("Shkollat partnere të AFP-së", "Komunitete praktike në arsimin profesional"),
        Theme("Liqeni dhe bregu", "Orientimi në karrierë", bottom_up=True),
    ),
    subjects="ekonomi, hoteleri, mekanikë, informatikë, gjuhë shqipe, anglisht, matematikë",
    titles={
        "webinar": ("Nxënësit vlerësojnë njëri-tjetrin", "Portofoli i nxënësit në internet", "Mësimi me projekte"),
        "peer-exchange": ("Koordinatorët e kurrikulës bashkë",),
        "teachmeet": ("Hapa të vegjël, orë të mira",),
        "workshop": ("Punëtori: materiale për praktikën",),
        "cluster-meeting": ("Takimi mujor i grupit",),
    },
    national=(
        "Mësim i hapur: mjete falas për klasën",
        "Leksion: gjuhë e thjeshtë në çdo lëndë",
        "Konferenca e shkollave profesionale",
    ),
    talks="Kuiz pa ekran, Pesë minuta për reagim, Praktika në ndërmarrje, Ora e hapur, Panairi i shkollës",
    summary="Mësues të shkollave partnere tregojnë si e organizojnë praktikën dhe çfarë do të ndryshonin.",
    staff_room="mesuesit",
    room="Salla e mësuesve",
    reasons=("Pedagogia është e sëmurë; njoftojmë datën e re.", "Ishte në sallë, por nuk firmosi."),
)  # fmt: skip
