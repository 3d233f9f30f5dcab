//! The words of each language.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Patterns of one language, each cut into its words.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) negation: Patterns,
    pub(crate) debunks: Patterns,
    pub(crate) denial_first: Patterns,
    pub(crate) agrees: Patterns,
    pub(crate) question_first: Patterns,
    pub(crate) asks_whether: Patterns,
}

pub(crate) type Patterns = Vec<Vec<&'static str>>;

impl Lists {
    /// The lists of a language; empty ones where it has none.
    pub(crate) fn of(lang: &str) -> &'static Self {
        static NONE: LazyLock<Lists> = LazyLock::new(Lists::default);
        static ALL: LazyLock<HashMap<&str, Lists>> =
            LazyLock::new(|| WRITTEN.iter().map(|(lang, written)| (*lang, Lists::cut(written))).collect());
        ALL.get(lang).unwrap_or(&NONE)
    }

    fn cut(written: &Written) -> Self {
        let cut = |list: &'static str| list.split(',').map(|pattern| pattern.split_whitespace().collect()).collect();
        Self {
            negation: cut(written.negation),
            debunks: cut(written.debunks),
            denial_first: cut(written.denial_first),
            agrees: cut(written.agrees),
            question_first: cut(written.question_first),
            asks_whether: cut(written.asks_whether),
        }
    }
}

/// The same as one writes it: patterns with commas between.
struct Written {
    negation: &'static str,
    debunks: &'static str,
    denial_first: &'static str,
    agrees: &'static str,
    question_first: &'static str,
    asks_whether: &'static str,
}

const WRITTEN: [(&str, Written); 7] = [
    ("it", ITALIAN),
    ("en", ENGLISH),
    ("fi", FINNISH),
    ("de", GERMAN),
    ("fr", FRENCH),
    ("es", SPANISH),
    ("pt", PORTUGUESE),
];

const ITALIAN: Written = Written {
    negation: "non, nn, né, mai, nessun, nessuno, nessuna, niente, nulla, neanche, nemmeno, neppure, macché, \
        senza",
    debunks: "bufal*, fake, fakenews, hoax, fals*, smenti*, balla, balle, menzogn*, bugi*, fandoni*, frottol*, \
        panzan*, cazzat*, stronzat*, cavolat*, baggianat*, sciocchezz*, scemenz*, fesseri*, idiozi*, \
        stupidaggin*, infondat*, inventat*, disinformazione, debunk*, fuorviant*, non è vero, non è \
        affatto vero, non è così, nessuna prova, nessuna evidenza, leggenda metropolitana, fuffa, priva di \
        fondamento, privo di fondamento, non credeteci, non ci credete, non ci credo, mito da sfatare, \
        smettetela, basta con, non abbocc*, panzane, ma quando mai, falso mito, niente di vero, nulla di \
        vero, nessun fondamento, senza fondamento, alcuna evidenza, alcuna prova, alcun fondamento, \
        negano, mentono, complottist*, terrapiattist*, non c è alcun*, ciarlatan*, screditat*",
    denial_first: "no, macché, falso, bufala, non è vero, ma non è, ma va, ma quale, ma quando",
    agrees: "esatto, esattamente, vero, verissimo, concordo, ha ragione, hai ragione, sì, confermo, infatti, d \
        accordo, giusto, confermat*, ufficiale",
    question_first: "chi, cosa, come, quando, dove, perché, perchè, quale, quali, quanto, quanti, qualcuno, ma, che, \
        davvero, scusate, domanda, esiste, posso, può",
    asks_whether: "è vero che, è vera, sarà vero, vero o, è vero, qualcuno sa, qualcuno può, qualcuno mi, sapete se, \
        sapete dirmi, sa se, mi chiedo, mi sapete, mi confermate, vi risulta, ti risulta, davvero, chi mi \
        spiega, bufala o, vera o, cosa ne pensate, che ne pensate, fonte, fonti, vi torna, ma quindi, \
        secondo voi, dubbio, domanda, vorrei capire, non capisco se, dubbi, capire se, sapere se, chiarire \
        se, chiedo se, chiede se",
};

const ENGLISH: Written = Written {
    negation: "not, no, never, t, none, nobody, nothing, neither, nor, without, dont, doesnt, isnt, cant, wont, \
        didnt, wasnt, arent, cannot, aint",
    debunks: "fake, fakenews, hoax*, false, falsehood*, debunk*, untrue, lie, lies, lying, liar*, bs, bullshit, \
        bull, nonsense, rubbish, myth, myths, misinformation, disinformation, misleading, propaganda, \
        fabricat*, baseless, bogus, unfounded, not true, isn t true, wrong, no evidence, no proof, \
        conspiracy, made up, photoshop*, satire, satirical, ridiculous, scam, stop spreading, fact check, \
        factcheck*, crap, garbage, bunk, disproved, disproven, refut*, incorrect, deny, denies, denied, \
        nothing true, no truth, no basis, no such thing, quack*, discredited, inaccurate, don t believe, \
        urban legend*",
    denial_first: "no, nope, false, fake, hoax, wrong, not true, not, lie, lies, bs, bullshit, stop, untrue, \
        incorrect",
    agrees: "yes, yep, true, exactly, agree, agreed, correct, right, indeed, confirmed, so true, good, great, \
        thank, thanks, absolutely, amen, finally, told you, knew it",
    question_first: "who, what, when, where, why, how, which, is, are, was, does, do, did, can, could, will, would, \
        should, has, have, so, really, anyone, wait, any, hmm, question",
    asks_whether: "is it true, is this true, is that true, is this real, is this legit, is this for real, really, \
        anyone know, anyone knows, does anyone, do we know, do you know, can anyone, can someone, any \
        source, any proof, source, sources, link, true or, i wonder, wondering, wonder if, how come, what \
        about, so what, what does, what is, are you sure, for real, any truth, verified, curious, how \
        many, how do, who is, confirm, whether, understand if, know if, tell me if, find out if",
};

const FINNISH: Written = Written {
    negation: "ei, en, et, emme, ette, eivät, eikä, enkä, etkä, eivätkä, älä, älkää, eihän, eipä, ettei, etten, \
        koskaan, mikään, mitään, kukaan, ilman",
    debunks: "huijau*, valet*, valhe*, vale, väär*, humpuuki*, hölynpöly*, potaska*, paskapuhe*, roskaa, \
        harhaanjohtav*, disinformaatio*, misinformaatio*, feikki*, fake, hoax, perätön, perätöntä, \
        perättömi*, keksitty*, myytti*, tarua, satua, satuja, puppua, höpö*, kumottu, ei pidä paikkaansa, \
        ei ole totta, ei todellakaan, salaliitto*, ei näyttöä, ei mitään näyttöä, ei todisteita, älkää \
        uskoko, älä usko, lopettakaa, propaganda*, pötyä, soopaa, kiistä*, kiist*, mitään perää, ei perää, \
        ei ole perää, minkäänlaista todistetta, minkäänlaista näyttöä, todisteita ei ole, näyttöä ei ole, \
        foliohat*, hömppä*, kaupunkilegend*, valehtel*",
    denial_first: "ei, väärin, valetta, huijausta, höpöhöpö, älkää, eihän, eipä",
    agrees: "kyllä, totta, juuri, juurikin, samaa mieltä, oikeassa, aivan, niinpä, täsmälleen, näin on, \
        varmistettu, vahvistettu",
    question_first: "mitä, mikä, kuka, ketä, missä, milloin, koska, miksi, miten, kuinka, onko, voiko, saako, pitääkö, \
        tietääkö, osaako, oliko, eikö, kumpi, mistä, montako, tuleeko, toimiiko",
    asks_whether: "onko totta, onko tämä totta, onko se totta, pitääkö paikkansa, tietääkö kukaan, tietääkö joku, \
        osaako joku, osaako kukaan, mietin, mahtaako, totta vai, oikeasti, lähde, lähdettä, mitä mieltä, \
        onko tietoa, onko kellään, onko kenelläkään, ihmettelen, kysymys, voiko joku, pitääkö tämä, vai \
        onko, onko niin, ymmärtää onko, tietää onko, tarkistaa onko, kysyy onko, kysyn",
};

const GERMAN: Written = Written {
    negation: "nicht, nie, niemals, kein*, nichts, niemand, weder, ohne",
    debunks: "falsch*, fake*, hoax, lüge*, gelogen, unsinn, quatsch, blödsinn, falschmeldung*, widerlegt, stimmt \
        nicht, nicht wahr, mythos, desinformation, irreführend, erfunden, schwachsinn, keine beweise",
    denial_first: "nein, nee, falsch, quatsch, unsinn, stimmt nicht",
    agrees: "ja, genau, stimmt, richtig, wahr, bestätigt",
    question_first: "wer, was, wann, wo, warum, wie, welche, ist, sind, hat, kann, gibt, weiß",
    asks_whether: "stimmt es, stimmt das, ist es wahr, ist das wahr, weiß jemand, kann jemand, wirklich, quelle, \
        frage mich, hat jemand",
};

const FRENCH: Written = Written {
    negation: "ne, n, pas, jamais, aucun, aucune, rien, personne, sans, ni",
    debunks: "faux, fausse*, fake, hoax, mensonge*, intox, canular*, bidon, n importe quoi, démenti*, \
        désinformation, pas vrai, mythe*, infox, trompeu*, inventé*, conneri*, aucune preuve",
    denial_first: "non, faux, mensonge, pas vrai, n importe quoi, arrêtez",
    agrees: "oui, exact, exactement, vrai, d accord, tout à fait, confirmé",
    question_first: "qui, que, quoi, quand, où, pourquoi, comment, quel, quelle, est, quelqu",
    asks_whether: "est ce vrai, est ce que, c est vrai, vrai ou, quelqu un sait, vraiment, source, je me demande, \
        savez vous, peut on",
};

const SPANISH: Written = Written {
    negation: "no, nunca, jamás, ningún, ninguna, nada, nadie, ni, tampoco, sin",
    debunks: "falso*, falsa*, fake, hoax, bulo*, mentira*, desmentid*, desmient*, engaño*, desinformación, no es \
        verdad, no es cierto, mito*, inventad*, patraña*, engañoso*, sin pruebas",
    denial_first: "no es, falso, mentira, bulo, no",
    agrees: "sí, exacto, exactamente, cierto, verdad, de acuerdo, confirmado, tiene razón",
    question_first: "quién, qué, cuándo, dónde, cómo, cuál, cuánto, es, alguien, por qué",
    asks_whether: "es verdad, es cierto, alguien sabe, alguien puede, será verdad, de verdad, fuente, me pregunto, \
        verdad o, sabéis si, saben si",
};

const PORTUGUESE: Written = Written {
    negation: "não, nao, nunca, jamais, nenhum, nenhuma, nada, ninguém, nem, sem",
    debunks: "falso*, falsa*, fake, hoax, boato*, mentira*, desmentid*, desinformação, não é verdade, mito*, \
        inventad*, enganos*, balela*, sem provas",
    denial_first: "não é, falso, mentira, fake, não",
    agrees: "sim, exato, exatamente, verdade, concordo, certo, confirmado",
    question_first: "quem, que, quando, onde, como, qual, quanto, alguém, por que, será",
    asks_whether: "é verdade, será verdade, será que, alguém sabe, alguém pode, fonte, verdade ou, me pergunto, sabem \
        se",
};
