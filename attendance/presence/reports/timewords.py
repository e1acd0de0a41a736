"""Words around dates, clocks and lengths of time, in many languages; compared after `labels.fold`."""

from attendance.presence.reports.labels import listed

AM = frozenset(
    listed(
        "am a vm vorm fm ap öö dop de paradite eparadites paradites πμ препл претпл претпладне "
        "прет преподне пре prepodne prijepodne дп преобед преди прпл сутра 上午 午前 오전 sa rano dopoledne "
        "dopoludnia délelőtt"
    )
)
PM = frozenset(
    listed(
        "pm p nm nachm em ip ös odp pop du pasdite epasdites pasdites μμ попл попладне поп поподне по "
        "popodne poslijepodne poslepodne пп следобед 下午 午後 오후 ch odpoledne popoludní délután"
    )
)
DATE_FILLERS = frozenset(
    listed(
        "à um at klo u kl о г ч om ob în в во во les às las alle ore ora në ne od v o saat год de "
        "mon tue wed thu fri sat sun h uhr"
    )
)
UTC_WORDS = ("utc", "gmt")

_MONTHS = {
    1: "jan january januar janvier gennaio gen enero ene janeiro stycznia sty ledna leden siječnja sij "
    "januara januari јануар јануари јан janar ianuarie ian ιανουαρίου ιαν ocak oca január",
    2: "feb february februar février févr fév febbraio febrero fevereiro fev lutego lut února únor veljače "
    "velj februara februari фебруар фебруари феб shkurt shk februarie φεβρουαρίου φεβ şubat şub február",
    3: "mar march märz mär mars marzo março marca března březen ožujka ožu marta maart mrt март мар "
    "martie μαρτίου μαρ mart március márc",
    4: "apr april avril avr aprile abril abr kwietnia kwi dubna duben travnja tra aprila април апр prill "
    "pri aprilie απριλίου απρ nisan nis április ápr",
    5: "may mai maggio mag mayo maio maja maj května květen svibnja svi mei мај maj μαΐου μαΐ mayıs május máj",
    6: "jun june juni juin giugno giu junio junho czerwca cze června červen lipnja lip juna јун јуни "
    "qershor qer iunie iun ιουνίου ιουν haziran haz június jún",
    7: "jul july juli juillet juil luglio lug julio julho lipca července červenec srpnja srp jula јул јули "
    "korrik iulie iul ιουλίου ιουλ temmuz tem július júl",
    8: "aug august août agosto ago sierpnia sie srpna srpen kolovoza kol avgusta avg augustus август авг "
    "авгус gusht gus αυγούστου αυγ ağustos ağu augusztus",
    9: "sep sept september septembre settembre set septiembre setembro września wrz září rujna ruj septembra "
    "септембар септември сеп септ shtator sht septembrie σεπτεμβρίου σεπ eylül eyl szeptember szept",
    10: "oct october oktober okt octobre ottobre ott octubre outubro out października paź října říjen "
    "listopada lis oktobra октобар октомври окт tetor tet octombrie οκτωβρίου οκτ ekim eki október",
    11: "nov november novembre noviembre novembro listopad studenoga stu novembra новембар ноември ное нов "
    "nëntor nën noiembrie noi νοεμβρίου νοε kasım kas",
    12: "dec december dezember dez décembre déc dicembre dic diciembre dezembro grudnia gru prosince "
    "prosinec prosinca pro decembra децембар декември дек dhjetor dhj decembrie δεκεμβρίου δεκ aralık ara",
}
# "lis" and "listopada" mean October in Croatian and November in Polish, so they decide nothing.
_UNSURE = {"lis", "listopada", "srpna", "srp", "lip"}
MONTHS = {
    word: month for month, words in _MONTHS.items() for word in listed(words) if word not in _UNSURE
}

HOUR_UNITS = tuple(
    listed(
        "h hr hrs hour hours heure heures std stunde stunden stde godz ora ore orë hora horas ó "
        "óra hod hodin hodina hodiny sat sata sati сат сата сати ч час часа часови uur u ur ura "
        "ure ώ ώρα ώρες ω sa saat t tim val год"
    )
)
MINUTE_UNITS = tuple(
    listed(
        "m min mins minute minutes minuten minuti minuto minutos minut minuta minuty minute "
        "minuta minuto p perc мин м минута минути λ λεπτά λεπτό dk dakika minutter minuter "
        "minutë minuta мин"
    )
)
SECOND_UNITS = tuple(
    listed(
        "s sec secs second seconds sek sekunde sekunden seconde secondes seconden secondo "
        "secondi segundo segundos sekund sekundy sekunda sekundi mp másodperc с сек секунда "
        "секунде секунди δ δευτ δευτερόλεπτα sn saniye secunde secundă sekonda sekondë"
    )
)
UNITS = {
    **dict.fromkeys(HOUR_UNITS, 3600),
    **dict.fromkeys(MINUTE_UNITS, 60),
    **dict.fromkeys(SECOND_UNITS, 1),
}
