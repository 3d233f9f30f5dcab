# Raportti suomeksi.
#
# Jokaista tekstiä rivin ensimmäisen "="-merkin jälkeen saa muuttaa. Nimi ennen "="-merkkiä ja { $aaltosulkeissa }
# olevat nimet on jätettävä: ohjelma täyttää ne. Teksti voi jatkua seuraaville riveille, jos ne on sisennetty.
# { $n -> [one] … *[other] … } valitsee tekstin luvun mukaan: säilytä muoto, muuta sanat.
# Samojen nimien on oltava tiedostoissa it.ftl, en.ftl ja fi.ftl; testi vertaa niitä.
# Täydennettäviä sanoja ei taivuteta, siksi "Kieli: italia" eikä "italiaksi".


## Sivu

# Selaimen ikkunan otsikko. $day: päivämäärä.
page-title = Yleinen mieliala, { $day }
page-skip = Siirry sisältöön
page-footer = Polso on koonnut tämän julkisista viesteistä. Tämä ei ole mielipidekysely eikä faktantarkistus, eikä tämä koske yksittäisiä ihmisiä.


## Otsake

header-title = Päiväraportti yleisestä mielialasta
header-number = Numero
header-timezone = Aikavyöhyke
header-tracked = Seurannassa
header-data = Aineisto
# $revision: 2 ensimmäisestä korjauksesta alkaen.
header-revised = Tämä on päivän versio { $revision }: myöhässä tulleet, muokatut tai poistetut viestit muuttivat lukuja.
banner-seeds = Esittely: nämä viestit ovat keinotekoisia. Kukaan ei ole kirjoittanut niitä.
status-complete = Täydellinen: kaikki lähteet vastasivat koko päivän.
status-partial = Osittainen: osa päivästä jäi kuulematta. Katso ”Mitä kuultiin”.
status-no-data = Ei aineistoa: yhtään viestiä ei saatu.


## Pääkohdat: säännöt, jotka valitsevat nämä lauseet, ovat tiedostossa src/findings.rs

bottom-line-title = Pääkohdat
# Linkki lauseen lopussa. $section: osion otsikko.
finding-see = Katso ”{ $section }”
finding-no-posts = Ei yhtään viestiä.
finding-no-posts-evidence = Kaikki lähteet vastasivat, eikä niillä ollut mitään: päivä oli hiljainen, mikään ei mennyt vikaan.
finding-no-data = Tästä päivästä ei voi sanoa mitään.
finding-no-data-evidence = Lähteitä ei kuultu, eikä hiljaisuus ole rauhaa.
# $state: mitä lähteelle tapahtui, kuten kohdassa "Kattavuus". $time: kuinka kauan se puuttui.
finding-silent-source = { $source } ({ $state }, { $time })
# $sources: vaienneet lähteet, kuten edellä.
finding-partial = Kaikkea ei kuultu.
finding-partial-evidence = Puuttuu ainakin osittain: { $sources }. Saatuja viestejä, joihin luvut perustuvat: { $n }.
# $share, $mean: osuuksia prosentteina. $points: ero ja sen väli.
finding-negative-up = Mieliala on kielteisempi kuin 7 edellisenä päivänä.
finding-negative-down = Mieliala on vähemmän kielteinen kuin 7 edellisenä päivänä.
finding-negative-evidence = Viesteistä kielteisiä { $share }, keskiarvo oli { $mean }. Muutos: { $points }; n = { $n }.
finding-checking-up = Todennäköisesti tarkistettavaa on enemmän kuin 7 edellisenä päivänä.
finding-checking-up-evidence = Osuus { $share }, keskiarvo oli { $mean }. Muutos: { $points }; n = { $n }.
finding-checking-high = Todennäköisesti tarkistettavaa on paljon.
finding-checking-high-evidence = Osuus { $share }, selvästi yli rajan { $high }; n = { $n }.
# $people julkaisi saman tekstin, yhteensä $n kertaa. $probability: että se kaipaa tarkistusta.
finding-repeated = Liikkeellä on teksti, joka todennäköisesti kaipaa tarkistusta.
finding-repeated-evidence = Julkaisijoita: { $people }; julkaisukertoja: { $n }; todennäköisyys: { $probability }.
# $name: kieli.
finding-language = Yksi kieli on selvästi kielteisempi: { $name }.
# $name: aihetunniste.
finding-hashtag = Yksi aihetunniste on selvästi kielteisempi: { $name }.
# $share: osuus siinä. $whole: koko päivän osuus.
finding-group-evidence = Viesteistä kielteisiä { $share }, koko päivänä { $whole }; n = { $n }.
finding-no-mood = Mielialaa ei ole.
finding-nothing = Ei mitään tavallisesta poikkeavaa.
finding-nothing-evidence = Mikään sääntö ei löytänyt muutosta eikä esiin nousevaa tekstiä tai ryhmää; n = { $n }.


## Avainluvut

figures-title = Avainluvut
figures-posts = Viestejä
# $texts: erilaisten tekstien määrä.
figures-posts-note = { $texts ->
        [one] yksi erilainen teksti
       *[other] { $texts } erilaista tekstiä
    }
figures-people = Ihmisiä
# $effective: valmiiksi kirjoitettu luku.
figures-people-note = vastaa yhtä aktiivisia: { $effective }
figures-interval = väli { $interval }
figures-change = Kielteisten osuus verrattuna 7 edelliseen päivään
figures-n = Osuudet koskevat viestejä, jotka pystyttiin lukemaan; { $n ->
        [one] niitä on yksi
       *[other] niitä on { $n }
    }. Väli kertoo, missä todellinen osuus hyvin todennäköisesti on (95 %).


## Osuudet, muutokset ja päivämäärät

# Välin kahden luvun välissä.
interval = { $low }–{ $high }
# Osuuksien ero ja sen väli.
points = { $difference } prosenttiyksikköä ({ $low } … { $high })
verdict-up = Nousussa
verdict-down = Laskussa
verdict-no-real-change = Ei todellista muutosta
verdict-withheld = Ei verrata
# $days: vertailukelpoisia päiviä, kaikkiaan $window.
withheld-too-few-days = vertailukelpoisia päiviä on vain { $days ->
        [one] yksi
       *[other] { $days }
    }, tarkasteltuja { $window }
withheld-too-few-posts = viestejä on liian vähän
withheld-low-coverage = liian suuri osa päivästä jäi kuulematta
withheld-other-model = edelliset päivät on luettu toisella mallilla
withheld-no-days = aiempia päiviä ei vielä ole
date = { $weekday } { $day }. { $month } { $year }
weekday-1 = maanantai
weekday-2 = tiistai
weekday-3 = keskiviikko
weekday-4 = torstai
weekday-5 = perjantai
weekday-6 = lauantai
weekday-7 = sunnuntai
month-1 = tammikuuta
month-2 = helmikuuta
month-3 = maaliskuuta
month-4 = huhtikuuta
month-5 = toukokuuta
month-6 = kesäkuuta
month-7 = heinäkuuta
month-8 = elokuuta
month-9 = syyskuuta
month-10 = lokakuuta
month-11 = marraskuuta
month-12 = joulukuuta
# Taulukoiden kapeissa soluissa.
time-minutes = { $minutes } min
time-hours = { $hours } t
time-hours-minutes = { $hours } t { $minutes } min
not-scored = ei luettu


## Kattavuus

coverage-title = Mitä kuultiin
coverage-caption = Lähteet tänä päivänä
coverage-no-record = Tältä päivältä ei ole merkintää siitä, mitä kysyttiin.
coverage-answered-of = { $answered } / { $asked }
coverage-scored = Viestejä pystyttiin lukemaan { $scored } / { $n } ({ $share }). Lukematta jääneet lasketaan tässä, niitä ei koskaan arvata.
coverage-unsupported-language = Kieltä ei lueta tai tunnistettu: { $n }
coverage-too-short = Liian lyhyitä, ei mitään luettavaa: { $n }
coverage-failed = Lukeminen epäonnistui: { $n }
coverage-truncated = Pituuden vuoksi luettu vain osittain: { $n }
# $groups: näyttämättä jätetyt ryhmät. $people: näytettävän ryhmän vähimmäiskoko.
coverage-suggested = Nousevat seurattujen aihetunnisteiden rinnalla, mutta niitä ei seurata. Mitään ei koskaan lisätä itsestään.
coverage-suggested-tag = { $tag }: { $n } julkaisua { $people } ihmiseltä; tavallisesti { $usual } päivässä
coverage-withheld = { $groups ->
        [one] Yksi ryhmä
       *[other] { $groups } ryhmää
    } jätettiin näyttämättä, koska takana on liian vähän ihmisiä (vähintään { $people } tarvitaan).
# Mitä lähteelle tapahtui. Näitä ei saa sekoittaa.
state-heard = kuultu
state-no-posts = vastasi: ei viestejä
state-closed = alusta on sulkenut
state-failed = ei vastannut
state-not-asked = ei kysytty


## Mieliala

mood-title = Mieliala
mood-negative = Kielteinen
mood-neutral = Neutraali
mood-positive = Myönteinen
mood-caption = Päivän mielialan osuudet, n = { $n }
mood-legend = Ohut päätyviivallinen jana on 95 %:n väli. Koko leveys on 100 %.
mood-legend-usual = Ohut päätyviivallinen jana on 95 %:n väli; pystyviiva on 7 edellisen päivän keskiarvo. Koko leveys on 100 %.
mood-no-posts = Viestejä ei ole, joten mielialaa ei voi kertoa.
mood-none-scored = Yhtäkään viestiä ei pystytty lukemaan (n = { $n }), joten mielialaa ei voi kertoa.
mood-too-few-people = Mielialaa ei näytetä: kirjoittajia oli alle { $people }.
mood-no-baseline = Aiempia päiviä, joihin verrata, ei vielä ole.
# $reason: syy, esimerkiksi "viestejä on liian vähän".
mood-withheld = Ei verrata { $window } edelliseen päivään: { $reason }.
mood-comparison-caption = Verrattuna { $window } edelliseen päivään (vertailukelpoisia: { $days })
mood-negative-share = Kielteinen
mood-balance = Erotus: myönteinen miinus kielteinen, prosenttiyksikköinä
mood-change = { $verdict }: { $points }


## Määrä

volume-title = Milloin kirjoitettiin
volume-mean = Päivän viestit: { $n }; 7 edellisen päivän keskiarvo: { $mean } (vertailukelpoisia päiviä: { $days }).
volume-caption = Viestit tunneittain, { $timezone }
volume-negative = Todennäköisimmin kielteiset (pylvään alaosa)
volume-other = Muut viestit
volume-missed = Tuntia ei kuultu kokonaan: viestejä voi puuttua
# $from ja $to: kellonaikoja.
volume-top = Eniten viestejä tuli klo { $from }–{ $to }: { $n }.
# $hours: tunnit alkuhetken mukaan.
volume-holes = Ei kuultu kokonaan, tunti alkaen klo { $hours }: matala pylväs ei siinä tarkoita, että ihmiset olivat hiljaa.
# $people: pienin ihmismäärä.
volume-withheld = Kielteistä osaa ei näytetä tunneilta, joilla kirjoittajia oli alle { $people }.
volume-not-shown = ei näytetä
volume-table = Luvut tunneittain


## Kielet, aihetunnisteet, lähteet

groups-title = Kielet, aihetunnisteet, lähteet
groups-how = Vertaa välejä, älä lukuja: jos välit menevät päällekkäin, eroa ei ehkä ole.
groups-by-language = Kielen mukaan
groups-by-hashtag = Aihetunnisteen mukaan
groups-by-source = Lähteen mukaan
groups-whole-day = Koko päivä
groups-more-negative = kielteisempi kuin koko päivä
groups-more = { $groups ->
        [one] Yksi rivi lisää on
       *[other] { $groups } riviä lisää on
    } tiedostossa report.json ja taulukoissa.


## Mikä kaipaa tarkistusta

checking-title = Mikä kaipaa tarkistusta
needs-checking = Todennäköisesti tarkistettavaa
checking-share = Todennäköisesti tarkistettavaa luetuista viesteistä: { $share }; n = { $n }.
# $verdict: "Nousussa", "Ei todellista muutosta" …
checking-change = { $verdict } verrattuna 7 edelliseen päivään (keskiarvo { $mean }): { $points }.
checking-none = Tälle päivälle ei ole arviota tarkistettavasta.
checking-how = ”Todennäköisesti tarkistettavaa” tarkoittaa, että malli antaa todennäköisyydeksi { $threshold } tai enemmän. Se on syy katsoa, ei tuomio: tarkista ennen kuin vastaat, äläkä toista huhua, kun oikaiset sen.
checking-no-repeated = Mitään tekstiä ei julkaissut riittävän moni eri ihminen, jotta se näytettäisiin.
checking-repeated-caption = Useimpien julkaisemat tekstit, ilman nimiä
checking-likely = { $probability } – todennäköisesti tarkistettavaa
checking-unlikely = { $probability } – alle rajan
# $full: mitä palkin koko leveys tarkoittaa.
checking-by-hashtag = Todennäköisesti tarkistettavaa aihetunnisteen mukaan (palkin koko leveys: { $full })


## Linkit

links-title = Eniten jaetut linkit
links-caption = Linkit ihmisten määrän mukaan
links-how = Näytetään tarkoituksella tekstinä: jakaminen täällä ei tarkoita luotettavuutta.


## Menetelmä ja rajat

method-title = Menetelmä ja rajat
method-limits-heading = Mitä tämä raportti ei voi kertoa
method-not-a-poll = Tämä ei ole mielipidekysely. Tämä kertoo niistä, jotka kirjoittivat julkisesti näillä aihetunnisteilla, ei väestöstä.
method-not-heard = Kuulematta jäävät ne, jotka eivät ole näillä alustoilla, kirjoittavat suljetuissa ryhmissä tai vain lukevat, sekä kokonaiset ikäryhmät ja paikkakunnat, joita siellä on vähän.
method-not-false = Tämä ei koskaan sano, ettei jokin pidä paikkaansa. Tämä sanoo, mitä jonkun pitäisi tarkistaa.
method-languages = Vain mallin oppimia kieliä luetaan. Muut lasketaan osiossa ”Mitä kuultiin”.
method-how-heading = Miten luvut syntyvät
# $tags: seuratut aihetunnisteet.
method-what = Luettiin julkiset viestit, kukin kerran. Aihetunnisteet: { $tags }.
method-what-any = Luettiin kaikki tälle päivälle kerätyt tai tuodut julkiset viestit, kukin kerran.
method-shares = Malli antaa jokaiselle viestille todennäköisyyden olla kielteinen, neutraali ja myönteinen. Osuudet arvioidaan näistä todennäköisyyksistä, ei laskemalla luokkia.
method-interval = Väli (95 %) kertoo, paljonko osuus voi heittää siksi, että juuri nämä ihmiset kirjoittivat; sitä varten arvotaan monta kertaa ihmisiä, ei viestejä. Mallin virheet eivät sisälly väliin.
method-change = Muutosta sanotaan muutokseksi vain, jos eron väli ei sisällä nollaa. Jos kuultiin liian vähän, mitään ei verrata.
method-threshold = ”Todennäköisesti tarkistettavaa” alkaa todennäköisyydestä { $threshold }.
method-bottom-line = Pääkohdat valitaan kiinteillä säännöillä, enintään kolme: ensin aukot, sitten muutokset, sitten esiin nousevat tekstit ja ryhmät.
method-privacy-heading = Ihmiset
method-withheld = Ryhmää ei näytetä, jos siinä on alle { $people } ihmistä.
method-never-stored = Koskaan ei tallenneta: nimiä, käyttäjätunnuksia, osoitteita, puhelinnumeroita, linkkejä profiileihin. Tilit muutetaan luvuiksi, joita ei voi palauttaa ilman salaista avainta.
method-again-heading = Samat luvut uudelleen
method-again = Samat tiedot ja asetukset antavat tämän sivun uudelleen, tavu tavulta: polso report --day { $day }
method-query = Haku
method-model = Malli
method-estimate = Arviointitapa
method-config-hash = Asetusten tunniste
method-data-hash = Aineiston tunniste


## Taulukoiden sarakkeet

column-source = Lähde
column-state = Tila
column-kept = Viestejä
column-answered = Vastauksia
column-missed = Kuulematta
column-set-aside = Sivuun siirretty
column-measure = Osuus
column-today = Tänään
column-mean = Keskiarvo
column-verdict = Ero
column-hour = Tunti
column-posts = Viestejä
column-negative-posts = Todennäköisimmin kielteisiä
column-language = Kieli
column-hashtag = Aihetunniste
column-negative = Kielteinen
column-positive = Myönteinen
column-people = Ihmisiä
column-text = Teksti
column-checking = Todennäköisesti tarkistettavaa
column-link = Linkki


## Kielten nimet koodin mukaan. Koodi ilman riviä näytetään sellaisenaan.

lang-it = italia
lang-en = englanti
lang-fi = suomi
lang-sv = ruotsi
lang-de = saksa
lang-fr = ranska
lang-es = espanja
lang-pt = portugali
lang-nl = hollanti
lang-da = tanska
lang-et = viro
lang-ca = katalaani
lang-pl = puola
lang-ro = romania
lang-und = ei tunnistettu
