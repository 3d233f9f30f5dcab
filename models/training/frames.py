"""Claims of a library in the frames in which people repeat, deny, ask and report them: what stance is fitted on where no
labelled posts exist (Italian, Finnish). A fifth of the claims and other frames are for measuring."""

import argparse
import hashlib
import json
import random
import tomllib

# By language and what the frame does. `{}` is the claim, `{,}` the claim as a subordinate clause.
FRAMES = {
    "it": {
        "repeats": [
            "{}", "Fate girare: {}", "Confermato anche da un medico: {}", "Svegliatevi, {,}", "Io lo dico da mesi: {}",
            "{} E nessuno ne parla!", "{} #verità", "Lo sapevo. {}", "{} Aprite gli occhi", "Ecco la prova: {}",
            "Mio cugino infermiere dice che {,}", "Incredibile ma vero: {}",
            "Guardate che {,}, fate attenzione", "Ne ho le prove: {}",
            "{} Condividete prima che lo cancellino", "Sono stufo: {}",
        ],
        "rebuts": [
            "Non è vero che {,}", "Bufala: {}", "No, è falso che {,}", "Smettetela di dire che {,}, è una bufala",
            "\"{}\" Ma quando mai! Sono fesserie", "Basta con questa storia che {,}: nessuna prova", "FALSO: {}",
            "È stato smentito più volte che {,}", "Non credete a chi dice che {,}", "Gira la fake news che {,}. Non fatevi fregare",
            "La bufala del giorno: {}", "Chi racconta che {,} mente", "{} Certo, come no, che idiozia",
            "Ancora con questa balla che {,}?", "Non esiste alcuna evidenza che {,}", "Gli esperti smentiscono che {,}",
            "Ma non diciamo sciocchezze: non è così che {,}", "Niente di vero nella voce che {,}",
            "Mi fa ridere chi pensa che {,}", "{} Ma per favore",
            "Siamo nel ventunesimo secolo e c'è gente convinta che {,}, che tristezza", "La scienza dice tutt'altro: {}",
            "Ma come fate a bere la storia che {,}?", "{} Ma dove l'avete letta questa?",
            "Che {,} è una leggenda, informatevi", "Non fate terrorismo: {}",
            "Ho chiesto al medico e mi ha detto che non c'entra nulla: {}", "{} Ecco un altro esperto di Facebook",
            "Peccato che i dati dicano il contrario: {}", "Ma secondo voi davvero {,}? Siete fuori",
            "Non è così semplice, chi dice che {,} sbaglia", "{} Questa è bella, la prossima?",
            "Quante volte dobbiamo spiegare che non funziona così? {}", "Leggo ancora che {,}. Cambiate fonte",
        ],
        "mentions": [
            "Qualcuno sa se è vero che {,}?", "Ma è vero che {,}?", "Davvero {,}?", "{} Vero o bufala?",
            "Scusate la domanda: {,}?", "Mi hanno scritto che {,}, vi risulta?", "Sapete dirmi se {,}?", "{} Avete una fonte?",
            "C'è chi dice che {,}: voi cosa ne pensate?", "Mia mamma mi chiede se {,}", "Come faccio a capire se {,}?",
            "È possibile che {,}? Chiedo per un amico", "Dubbio del giorno: {,}?", "Qualche medico può dirmi se {,}?",
            "Vorrei capire se {,}, grazie",
            "Se ne parla ovunque: {} Voi che dite?", "Mi è arrivato un messaggio: {} Cosa faccio?",
            "Leggo pareri diversi sul fatto che {,}", "Qualcuno ha verificato? {}",
            "E se fosse che {,}? Chiedo", "Sui giornali si discute se {,}",
        ],
    },
    "en": {
        "repeats": [
            "{}", "Please share: {}", "A doctor confirmed it: {}", "Wake up people, {,}", "I've been saying it for months: {}",
            "{} And nobody talks about it!", "{} #truth", "I knew it. {}", "{} Open your eyes", "Here is the proof: {}",
            "My cousin is a nurse and says that {,}", "Unbelievable but true: {}",
            "Be careful, {,}", "I have proof: {}",
            "{} Share before they delete it", "I'm fed up: {}",
        ],
        "rebuts": [
            "It is not true that {,}", "Hoax: {}", "No, it's false that {,}", "Stop saying that {,}, it's a hoax",
            "\"{}\" Oh come on, what nonsense", "Enough of this story that {,}: there is no evidence", "FALSE: {}",
            "It has been debunked many times that {,}", "Don't believe anyone who says {,}", "Fake news alert: {}",
            "Myth of the day: {}", "Whoever tells you that {,} is lying", "{} Yeah right, what utter rubbish",
            "Not this lie again that {,}", "There's no proof whatsoever that {,}", "Experts deny that {,}",
            "Nothing true in the rumour that {,}", "This is misinformation: {}",
            "It makes me laugh that people think {,}", "{} Oh please",
            "It's the 21st century and people still believe {,}, sad", "Science says otherwise: {}",
            "How can you swallow the story that {,}?", "{} Where on earth did you read that?",
            "That {,} is an urban legend, get informed", "Stop scaring people: {}",
            "I asked my doctor and that's simply not the case: {}", "{} Here comes another Facebook expert",
            "Too bad the data show the opposite: {}", "You seriously think {,}? You're out of your mind",
            "It's not that simple, people who say {,} are mistaken", "{} That's a good one, what's next?",
            "How many times must we explain it doesn't work like that? {}", "Still reading that {,}. Get better sources",
        ],
        "mentions": [
            "Does anyone know if it's true that {,}?", "Is it true that {,}?", "Really, {,}?", "{} True or fake?",
            "Sorry for asking: {,}?", "Someone sent me that {,}, can anyone confirm?", "Can you tell me whether {,}?",
            "{} Do you have a source?", "Some people say that {,}: what do you think?", "My mum is asking me whether {,}",
            "How can I find out if {,}?", "Is it possible that {,}? Asking for a friend", "Question of the day: {,}?",
            "Can any doctor tell me if {,}?", "I'd like to understand whether {,}, thanks",
            "Everyone is talking about it: {} What do you say?", "I got this message: {} What should I do?",
            "I read different opinions on whether {,}", "Has anyone checked this? {}",
            "What if {,}? Just asking", "Papers are debating if {,}",
        ],
    },
    "fi": {
        "repeats": [
            "{}", "Jakakaa eteenpäin: {}", "Lääkärikin vahvisti: {}", "Herätkää, {,}", "Olen sanonut tätä kuukausia: {}",
            "{} Eikä kukaan puhu tästä!", "{} #totuus", "Arvasin tämän. {}", "{} Avatkaa silmänne", "Tässä todiste: {}",
            "Serkkuni on hoitaja ja sanoo että {,}", "Uskomatonta mutta totta: {}",
            "Olkaa varovaisia, {,}", "Minulla on todisteet: {}",
            "{} Jakakaa ennen kuin tämä poistetaan", "Olen kyllästynyt: {}",
        ],
        "rebuts": [
            "Ei pidä paikkaansa että {,}", "Huijaus: {}", "Ei, on valetta että {,}", "Lopettakaa väittämästä että {,}, se on huijausta",
            "\"{}\" Höpö höpö, täyttä potaskaa", "Riittää jo tämä juttu että {,}: ei mitään näyttöä", "VÄÄRIN: {}",
            "Moneen kertaan kumottu väite: {}", "Älkää uskoko jos joku sanoo että {,}", "Valeuutinen: {}",
            "Päivän myytti: {}", "Se joka väittää että {,} valehtelee", "{} Joo joo, mitä roskaa",
            "Taas tämä sama vale että {,}", "Ei ole minkäänlaista todistetta siitä että {,}", "Asiantuntijat kiistävät että {,}",
            "Huhussa että {,} ei ole mitään perää", "Tämä on disinformaatiota: {}",
            "Naurattaa että joku luulee että {,}", "{} Ei jaksa",
            "Eletään 2000-lukua ja silti uskotaan että {,}, surullista", "Tiede sanoo ihan muuta: {}",
            "Miten voitte niellä jutun että {,}?", "{} Mistä ihmeestä tuon luit?",
            "Se että {,} on kaupunkilegenda, ottakaa selvää", "Lopettakaa ihmisten pelottelu: {}",
            "Kysyin lääkäriltä, asia ei todellakaan ole niin: {}", "{} Taas yksi Facebook-asiantuntija",
            "Harmi vain että luvut näyttävät päinvastaista: {}", "Luuletko tosissasi että {,}? Ei ole totta",
            "Ei se ole noin yksinkertaista, ne jotka sanovat että {,} erehtyvät", "{} Tuo oli hyvä, mitä seuraavaksi?",
            "Montako kertaa pitää selittää ettei se toimi niin? {}", "Vieläkin luen että {,}. Vaihtakaa lähdettä",
        ],
        "mentions": [
            "Tietääkö kukaan onko totta että {,}?", "Onko totta että {,}?", "Siis oikeasti, {,}?", "{} Totta vai huijausta?",
            "Anteeksi tyhmä kysymys: {,}?", "Minulle kerrottiin että {,}, pitääkö paikkansa?", "Osaatteko sanoa onko niin että {,}?",
            "{} Onko tälle lähdettä?", "Jotkut sanovat että {,}: mitä mieltä olette?", "Äiti kysyy onko niin että {,}",
            "Mistä voi tarkistaa että {,}?", "Voiko olla että {,}? Kysyn kaverin puolesta", "Päivän kysymys: {,}?",
            "Osaisiko joku lääkäri kertoa onko niin että {,}?", "Haluaisin ymmärtää onko niin että {,}, kiitos",
            "Tästä puhutaan kaikkialla: {} Mitä te sanotte?", "Sain tällaisen viestin: {} Mitä teen?",
            "Luen eri mielipiteitä siitä että {,}", "Onko kukaan tarkistanut? {}",
            "Mitä jos {,}? Kysyn vain", "Lehdissä väitellään siitä että {,}",
        ],
    },
}

# The same, kept out of fitting; the lists of cues were not made from them.
KEPT = {
    "it": {
        "repeats": [
            "Ormai è chiaro a tutti: {}", "Lo dicono i dati, {,}", "{} Meditate gente", "Ve lo avevo detto che {,}",
        ],
        "rebuts": [
            "Ma la smettiamo con la favola che {,}?", "Per favore non condividete questa roba: {}", "{} Sì, e gli asini volano",
            "Ho letto gli studi: non risulta affatto che {,}", "Chi scrive che {,} non sa di cosa parla",
            "Allora, chiariamo una volta per tutte che non funziona così: {}",
        ],
        "mentions": [
            "Mi spiegate questa cosa che {,}?", "Ho sentito al bar che {,}, mah, chi ne sa di più?",
            "Si può sapere se {,} oppure no?", "Che fondamento ha l'idea che {,}?", "In ufficio si discuteva se {,}",
        ],
    },
    "en": {
        "repeats": ["It's clear to everyone by now: {}", "The data say it, {,}", "{} Think about it", "Told you that {,}"],
        "rebuts": [
            "Can we please stop with the fairy tale that {,}?", "Please don't share this stuff: {}", "{} Sure, and pigs can fly",
            "I read the studies: they don't show that {,}", "Whoever writes that {,} has no clue",
            "Let's be clear once and for all, that's not how it works: {}",
        ],
        "mentions": [
            "Can you explain this thing that {,}?", "Heard at the pub that {,}, hm, who knows more?",
            "Could we please find out whether {,} or not?", "What is behind the idea that {,}?",
            "At the office we were discussing whether {,}",
        ],
    },
    "fi": {
        "repeats": ["Kaikillehan tämä on jo selvää: {}", "Luvut kertovat sen, {,}", "{} Miettikää sitä", "Minähän sanoin että {,}"],
        "rebuts": [
            "Voisiko jo lopettaa sen sadun että {,}?", "Älkää jakako tällaista: {}", "{} Niin varmaan, ja lehmät lentävät",
            "Luin tutkimukset: ne eivät osoita että {,}", "Se joka kirjoittaa että {,} ei tiedä mistä puhuu",
            "Sanotaan nyt kerran kunnolla, asia ei ole näin: {}",
        ],
        "mentions": [
            "Selittäkää minulle tämä juttu että {,}?", "Kuulin baarissa että {,}, hmm, kuka tietää enemmän?",
            "Saisiko nyt tietää onko niin että {,} vai ei?", "Mihin perustuu ajatus että {,}?",
            "Töissä keskusteltiin siitä onko niin että {,}",
        ],
    },
}

# Frames of each kind that a wording is put into.
EACH = {"repeats": 3, "rebuts": 3, "mentions": 3}

# What a framed claim is by itself.
ATTITUDE = {"repeats": "support", "rebuts": "deny", "mentions": "query"}


def kept_out(claim):
    """Whether a claim is measured on and not fitted on."""
    return hashlib.sha256(claim.encode()).digest()[0] % 5 == 0


def framed(frame, wording):
    """A wording in a frame."""
    clause = wording[0].lower() + wording[1:] if not wording[:2].isupper() else wording
    return frame.replace("{,}", clause.rstrip(".!? ")).replace("{}", wording)


def frames_of(part, lang, kind):
    """The frames of a part: every second for what a text does by itself, the others for what it does with a claim, so that
    the second is fitted on answers of the first to frames it has not seen."""
    return {"attitude": FRAMES[lang][kind][::2], "pair": FRAMES[lang][kind][1::2], "kept": KEPT[lang][kind]}[part]


def rows(claims, part, chance):
    """Framed wordings with what they do to the claim's text; kept-out claims in `kept`, the others in the others."""
    for claim in claims:
        if kept_out(claim["id"]) != (part == "kept"):
            continue
        for lang in FRAMES:
            wording = claim[lang]
            for text in [wording["text"], *wording["phrasings"]]:
                for kind, each in EACH.items():
                    for frame in chance.sample(frames_of(part, lang, kind), each):
                        yield {
                            "text": framed(frame, text),
                            "lang": lang,
                            "label": ATTITUDE[kind],
                            "stance": kind,
                            "claim": claim["id"],
                            "claim_text": wording["text"],
                        }


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("claims", nargs="+", help="claim libraries as TOML (seeds/claims.toml)")
    arguments.add_argument("--part", choices=["attitude", "pair", "kept"], required=True)
    arguments.add_argument("--out", required=True, help="JSON lines")
    arguments = arguments.parse_args()
    claims = []
    for path in arguments.claims:
        with open(path, "rb") as file:
            claims += tomllib.load(file)["claim"]
    with open(arguments.out, "w", encoding="utf-8") as file:
        for row in rows(claims, arguments.part, random.Random(20)):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
