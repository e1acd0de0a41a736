"""Words that cannot be avoided, in many languages; everything else is read from structure.

Compared after `fold`: lower case, single spaces, plain apostrophes.
"""


def listed(text: str) -> list[str]:
    """The single words of a list written as one text."""
    return text.split()


JOINED = frozenset(
    listed(
        "joined join beigetreten teilgenommen entrou ingressou participou dołączono dołączył "
        "dołączyła unito partecipato csatlakozott pridružen pridružio pridružila u-bashkua "
        "připojen připojil pridružil придружен придружио приклучен deelgenomen katıldı "
        "συμμετείχε unido uniu-se εντάχθηκε hozzácsatlakozott"
    )
) | {
    "a rejoint",
    "se unió",
    "se ha unido",
    "ha partecipato",
    "si è unito",
    "pridružio se",
    "pridružila se",
    "pridružio/la se",
    "u bashkua",
    "připojil se",
    "pridružil se",
    "s-a alăturat",
    "придружио се",
    "се приклучи",
    "се придружи",
    "neemt deel",
    "a participé",
    "se unio",
}
LEFT = frozenset(
    listed(
        "left leave verlassen saiu salió abandonó uscito opuszczono opuścił opuściła kilépett "
        "távozott napustio napustila napušteno odešel opustil zapustil напустио напушти ayrıldı "
        "verlaten vertrokken напуштено излезе larguar αποχώρησε elhagyta napustio/la sortie"
    )
) | {
    "a quitté",
    "è uscito",
    "ha abbandonato",
    "ha lasciato",
    "u largua",
    "a părăsit",
    "a ieșit",
    "се исклучи",
    "saiu da reunião",
}
JOINED_BEFORE = frozenset(
    ["joined before", "entrou antes", "entrou antes de", "ingressou antes", "dołączono wcześniej"]
)

YES = frozenset(
    listed("yes y ja oui si sí sì sim tak igen ano áno da да po ναι evet kyllä true 1 jah")
)
NO = frozenset(listed("no n nein non não nie nem ne не jo όχι hayır nu nee ei false 0 nej nei nu"))
BLANKS = frozenset(["", "-", "--", "—", "–", "n/a", "na"])

WAITING = tuple(
    listed(
        "wait wart attesa attente espera poczeka wacht čekaon čekár čakal чека чакал váró várak "
        "pritj αναμον bekleme aștept astept väntrum venterom vente odota ожида очіку čekání "
        "lobby předsál čekaonic"
    )
)
HARMLESS = tuple(
    listed(
        "guest gast gäst gæst invit convid goś vendég ospit gost гост host hosť mysafir ftuar "
        "konuk επισκ oaspet musafir vieras invitat record registr enregistr aufzei grab grav "
        "nagr snim regjistr felv opname disclaimer consent zázn zaznam снима снимк kayıt εγγραφ "
        "înreg country land pays país paese kraj zem region država држава shtet connection "
        "device client type tipo conex verbind connexion session"
    )
)
MAIL = tuple(listed("mail correo courriel пошт поща posta ηλεκτρον eposta имејл мејл"))
TOPIC = tuple(
    listed(
        "topic argoment thema sujet tema asunto assunto tópico temat téma onderwerp тема tem "
        "θέμα konu subiect title name nome"
    )
)
HOST_SUFFIXES = frozenset(
    listed(
        "host cohost co-host gastgeber hôte organizzatore organizador anfitrión anfitrião "
        "domaćin domaćina домаћин домаќин házigazda hostitel hostiteľ gospodarz gastheer "
        "organizator organizues mikpritës gazdă gostitelj διοργανωτής toplantısahibi"
    )
)
BLOCK_ROLES = (("host", "host"), ("panelist", "panelist"), ("attend", "attendee"))


def fold(text: str) -> str:
    """Lower case, one space between words, typographic apostrophes and odd spaces made plain."""
    return " ".join(text.replace("\u2019", "'").casefold().split())


def has(text: str, words: tuple[str, ...]) -> bool:
    """Whether any of the word stems occurs in the heading."""
    folded = fold(text)
    return any(word in folded for word in words)
