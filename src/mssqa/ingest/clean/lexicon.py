"""The vocabulary of web-page furniture, and the small words of a few languages.

No entry removes anything by itself: it says how surely a word is furniture, and only the share of
such words in a sentence counts, beside its shape and its place on the page. All are folded.
"""

from functools import cache

from mssqa.ingest.clean.reasons import Reason


def _words(*listed: str) -> frozenset[str]:
    return frozenset(" ".join(listed).split())


_SURE: dict[Reason, str] = {  # hardly ever met in an article
    Reason.ADVERTISEMENT: "advertisement advertisements advert adverts adchoices sponsored "
    "publicite publicidad piblisite tangazo matangazo reklam anzeige werbung",
    Reason.SUBSCRIPTION: "newsletter newsletters subscribe unsubscribe inbox signup infolettre "
    "abonnez inscrivez suscribete suscribase jisajili abone enskri boletin bilten jarida login "
    "logout",
    Reason.SHARING: "retweet pinterest linkedin tumblr flipboard partagez partager comparte "
    "compartir shiriki pataje suivez siguenos tufuate swiv",
    Reason.COMMENTS: "commentaires comentarios maoni komante disqus upvote feedbacks pingback",
    Reason.NAVIGATION: "homepage sitemap sidebar breadcrumb cookies accueil mwanzo akey "
    "bookmark bookmarks uncategorized etiquetas",
    Reason.PLAYER: "autoplay replay unmute",
    Reason.PROMOTION: "promo jackpot cashback voucher",
    Reason.LEGAL: "gdpr",
    Reason.CAPTION: "getty shutterstock istock unsplash",
}
_LIKELY: dict[Reason, str] = {  # common in furniture, but at home in articles too
    Reason.ADVERTISEMENT: "ad ads sponsor sponsors promoted feedback",
    Reason.SUBSCRIPTION: "sign subscriber subscribers subscription subscriptions register "
    "registered registration account email mail alerts notifications daily weekly delivered "
    "updates free join podcast podcasts app unlimited access premium trial edition recevez "
    "member members membership donate journalism subscribed supporters "
    "telechargez breaking news digital",
    Reason.SHARING: "share shares sharing tweet facebook twitter whatsapp instagram youtube "
    "tiktok telegram reddit messenger snapchat threads follow followers print copy "
    "social channel connect link reseaux",
    Reason.COMMENTS: "comment comments reply replies vote votes rating notify inline report "
    "moderated conversation discussion leave commentaire reponse repondre guest "
    "newest oldest comentario kite reponn responder obligatoires obligatorios jibu",
    Reason.NAVIGATION: "home menu search searching looking skip navigation next previous prev top "
    "section sections category categories tag tags tagged archive archives topics close toggle "
    "latest popular news headlines about contact help faq settings all see filed view inicio "
    "explore discover suivant precedent rubrique rubriques cookie more article articles date "
    "post posts sort accept habari hide expand summary quick hurry glance contents overview "
    "trending browse index careers advertise consultes lus leido leidas vistos vistas portada "
    "content etiquettes mots cles contacto contactez wasiliana kontakte",
    Reason.LINK: "read also click here more related recommended watch see story stories lire "
    "aussi soma pia leer lea tambien li plus missed suggested check visit like reading "
    "continue continues relacionadas relacionados interesar zaidi manquez",
    Reason.PLAYER: "video videos watch watched watching play playing player audio listen load "
    "loaded loading must seconds volume",
    Reason.PROMOTION: "app bonus offer offers deal deals discount odds win winnings deposit "
    "guarantee order buy shop spins refund sale purchases commission download casino bet betting "
    "bets gaming instant jackpots slots",
    Reason.LEGAL: "copyright rights reserved terms privacy policy conditions consent agree agreed "
    "processing storage purposes legitimate preferences details data material "
    "reproduced redistributed rewritten trademarks information registered reservados "
    "rezeve zimehifadhiwa privacidad confidentialite licensing",
    Reason.CAPTION: "photo photos image images picture photograph photographer screenshot "
    "courtesy credit file handout illustration pictured gallery slideshow afp reuters ap epa via "
    "caption source foto picha fuente",
    Reason.BYLINE: "contributing contributed contribution contributor reporting reported edited "
    "editing compiled editor editors reporter reporters writer correspondent staff wire wires "
    "associated press author redaction mwandishi minutes min reach published updated "
    "posted ago hours hour report publie updated agencies columnist network special",
}
_SMALL = {
    "en": "a an the this that these those and or but nor if of to in on at by for from with as is "
    "are was were be been being has have had do does did will would can could may might must "
    "should shall not no it its he she they them his her hers their him i we you me us our your "
    "my who whom whose which what when where while how why than then there here so because after "
    "before since until into over under about against between during through also only just more "
    "most such some any each both all out up down off said says",
    "fr": "le la les un une des du de d l et ou mais ni si a au aux en dans sur sous par pour avec "
    "sans chez est sont etait ete etre ont avait il elle ils elles on nous vous je tu son sa ses "
    "leur leurs ce cet cette ces qui que qu dont ou ne pas plus se s n c y lui notre votre",
    "es": "el la los las un una unos unas de del y o pero si a al en con por para sin sobre es son "
    "fue era ser han habia ha que se su sus lo le les no mas como este esta estos esas muy ya",
    "pt": "o os as um uma do da dos das em no na nos nas e ou mas por para com sem foi sao ser que "
    "se seu sua nao mais como ao pelo pela",
    "de": "der die das ein eine einer eines dem den des und oder aber nicht ist sind war waren "
    "wird werden hat haben mit von zu im am auf fur bei nach aus als auch sich es er sie wir ihr",
    "it": "il lo gli i un una di del della dei e o ma non in con per su da che si sono era ha",
    "sw": "na ya wa za kwa ni la cha vya katika hii huyo hiyo hizo hao kuwa alisema ili bila kama "
    "baada kabla lakini au yake wake zake yao wao pia hadi tu",
    "ht": "yo nan ak ki te ap pou sou se li nou mwen ou epi men pa sa yon gen tankou fe depi lan",
}
SMALL_WORDS = _words(*_SMALL.values())
"""Articles, pronouns, auxiliaries, prepositions: frequent in sentences, rare in labels."""

AUXILIARIES = _words(
    "is are was were be been has have had do does did will would can could may might must should "
    "shall said says say isn't aren't wasn't weren't hasn't haven't don't doesn't didn't won't "
    "est sont etait ont avait sera fue han ist sind hat alisema"
)
CALLS = _words(
    "click call follow share subscribe sign join read download get tap visit send contact tell "
    "listen watch see check support register log find connect reach email write browse "
    "explore discover try buy shop skip leave post comment enable allow accept view take help "
    "prefer want need become donate suivez abonnez inscrivez partagez lisez lire cliquez "
    "telechargez recevez rejoignez sigue suscribete lee comparte soma jisajili bofya tufuate pakua "
    "shiriki li pataje swiv abone kite deja lea"
)
"""What a page bids its reader do; a sentence that opens with one addresses the reader."""

TOLD = _words("said told asked replied answered shouted dit repondu dijo alisema di")
"""Somebody in the article bids, not the page."""

CREDITS = _words(
    "contributed contributing contributor reporting reported report story article edited editing "
    "compiled written staff wire wires reports special correspondent reporter reporters writer "
    "writers editor editors additional network contributors redaction posted published updated "
    "by par"
)
"""How an article names those who made it."""

REMARKS = _words(
    "comment comments commentaire commentaires comentario comentarios komante maoni thoughts reply "
    "replies conversation discussion"
)
"""What heads the readers' comments."""

MAKERS = _words("by par por pa story writer reporter auteur autor ekri mwandishi na")
"""What stands before the name of who wrote."""

TIMES = _words(
    "published updated posted modified publie actualise publicado actualizado pibliye imechapishwa",
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun",
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes",
    "sabado domingo lendi madi mekredi jedi vandredi samdi dimanch jumatatu jumanne jumatano",
    "alhamisi ijumaa jumamosi jumapili january february march april may june july august",
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec janvier",
    "fevrier mars avril mai juin juillet aout septembre octobre novembre decembre enero febrero",
    "marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janvye fevriye mas",
    "avril me jen jiye out septanm oktob novanm desanm januari februari machi aprili mei juni",
    "julai agosti septemba oktoba novemba desemba",
)
"""Days, months, and what stands before a date."""

SIGNS = _words(
    "on at the of am pm a p m h le les a la el de del last first read reading temps de lecture min",
    "lectura est edt gmt utc eat cet bst pst pdt et ct pt ist wat cat mis jour saa",
)
"""What else a line of dates is made of."""

ADDRESS = _words("us our we you your yours nous notre nos vous votre vos")
"""The site and its reader."""

AGO = _words("ago now yesterday hace iliyopita zilizopita y")
"""One of these makes a relative time of the words below."""

SPANS = _words(
    "a an une un few just il today second seconds sec secs minute minutes min mins hour hours hr",
    "hrs day days week weeks month months year years yr yrs heure heures jour jours semaine",
    "semaines mois hora horas dia dias semana semanas dakika saa siku wiki mwezi",
)

PICTURES = _words(
    "photo photos photograph photographs image images picture pictures screenshot illustration "
    "portrait photographie imagen foto picha"
)
PICTURED_BY = PICTURES | {"credit", "courtesy"}
PICTURED = _words("of from showing shows taken provided by courtesy de du des d ya za")
"""What follows a picture's name in its caption."""


@cache
def furniture() -> dict[str, float]:
    """How surely each word is furniture, 0 to 1."""
    return {word: max(sureness for _, sureness in met) for word, met in _kinds().items()}


@cache
def _kinds() -> dict[str, tuple[tuple[Reason, float], ...]]:
    met: dict[str, tuple[tuple[Reason, float], ...]] = {}
    for sureness, table in ((1.0, _SURE), (0.6, _LIKELY)):
        for reason, listed in table.items():
            for word in listed.split():
                met[word] = (*met.get(word, ()), (reason, sureness))
    return met


def sure(word: str) -> bool:
    """Whether a word is hardly ever met in an article."""
    return furniture().get(word) == 1.0


BIDS = frozenset(word for word in CALLS if word in furniture())
"""Calls that are furniture words by themselves."""


def kinds(word: str) -> tuple[tuple[Reason, float], ...]:
    """The kinds of furniture that a word speaks for, and how surely.

    >>> kinds("newsletter")
    ((<Reason.SUBSCRIPTION: 'newsletter or subscription'>, 1.0),)
    """
    return _kinds().get(word, ())
