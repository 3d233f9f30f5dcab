# Raportti suomeksi.
#
# Jokaista tekstiä rivin ensimmäisen "="-merkin jälkeen saa muuttaa. Nimi ennen "="-merkkiä ja { $aaltosulkeissa }
# olevat nimet on jätettävä: ohjelma täyttää ne. Teksti voi jatkua seuraaville riveille, jos ne on sisennetty.
# { $n -> [one] … *[other] … } valitsee tekstin luvun mukaan: säilytä muoto, muuta sanat.
# Samojen nimien on oltava tämän kansion jokaisessa tiedostossa; testi vertaa niitä.
# Täydennettäviä sanoja ei taivuteta, siksi "Kieli: italia" eikä "italiaksi".


## Sivu

# Selaimen ikkunan otsikko. $day: päivämäärä.
page-title = Yleinen mieliala, { $day }
page-skip = Siirry sisältöön
page-footer = Polso on koonnut tämän julkisista viesteistä. Tämä ei ole mielipidekysely eikä faktantarkistus. Tämä ei kerro yksittäisistä ihmisistä.


## Otsake

header-title = Päiväraportti yleisestä mielialasta
header-number = Numero
header-timezone = Aikavyöhyke
header-tracked = Seurannassa
header-data = Aineisto
# $revision: 2 ensimmäisestä korjauksesta alkaen.
header-revised = Tämä on päivän versio { $revision }. Myöhässä tulleet, muokatut tai poistetut viestit muuttivat lukuja.
banner-seeds = Esittely: nämä viestit ovat keinotekoisia. Kukaan ei ole kirjoittanut niitä.
status-complete = Täydellinen: kaikki lähteet vastasivat koko päivän.
status-partial = Osittainen: osa päivästä jäi kuulematta. Katso ”Mitä kuultiin”.
status-no-data = Ei aineistoa: yhtään viestiä ei saatu.


## Pääkohdat: säännöt, jotka valitsevat nämä lauseet, ovat tiedostossa src/findings.rs

bottom-line-title = Pääkohdat
# Linkki lauseen lopussa. $section: osion otsikko.
finding-see = Katso ”{ $section }”
finding-no-posts = Ei yhtään viestiä.
finding-no-posts-evidence = Kaikki lähteet vastasivat, mutta viestejä ei ollut. Päivä oli hiljainen, vikaa ei ollut.
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
# $answer: vastauksen ensimmäinen virke, joka riittää yksinään. $topic: kuten kohdassa "Aiheet".
finding-direct = Vastattava suoraan: { $answer }
finding-direct-topic = Liikkeellä on huhu, johon on vastattava suoraan. Aihe: { $topic }.
# $risk, $trend: kuten kohdassa "Kertomukset ja huhut".
finding-direct-evidence = Huhu, josta on kyse: ihmisiä { $people }, viestejä { $n }. Riski: { $risk }. Suunta: { $trend }.
finding-direct-more = { $more ->
        [one] Suoraan on vastattava vielä yhteen huhuun.
       *[other] Suoraan on vastattava vielä { $more } muuhun huhuun.
    }
finding-narrative = Liikkeellä on jotain uutta, johon kukaan ei ole vielä vastannut.
finding-narrative-evidence = Ihmisiä: { $people }; viestejä: { $n }. Riski: { $risk }. Suunta: { $trend }.
finding-void = Moni kysyy jotain, mihin kukaan ei ole vielä vastannut.
finding-void-evidence = Ihmisiä: { $people }; viestejä: { $n }. Suunta: { $trend }.
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


## Mitä voi tehdä: näiden lauseiden valinnan säännöt ovat tiedostossa src/ways.rs

ways-title = Mitä voi tehdä
# $sources: lähteiden nimiä.
way-sources = Selvittäkää, miksi nämä lähteet vaikenivat: { $sources }.
way-sources-why = Kuva on vajaa, kunnes ne vastaavat.
way-sources-degraded = Liian paljon puuttuu, jotta päivää voisi verrata muihin: älkää puhuko tänään mielialan muutoksesta.
# $topic: kuten kohdassa "Aiheet".
way-publish = Julkaiskaa vastaus tänään. Aihe: { $topic }.
way-publish-why = Sanokaa ensin, mikä pitää paikkansa, ja mainitkaa huhu enintään kerran.
way-find = Pyytäkää vastaus asiantuntijalta tänään. Aihe: { $topic }.
way-find-why = Moni on kuullut huhun, eikä vastausta ole valmiina.
# $people: moniko kysyy.
way-answer = Vastatkaa yleisimpään kysymykseen. Kysyjiä: { $people }.
way-answer-why = Missä kukaan ei vastaa, siellä huhut kasvavat.
way-late = Saattakaa loppuun myöhästyneet toimet. Niitä on { $actions }.
way-late-why = Niiden määräaika on mennyt.
way-look = Selvittäkää, pitääkö uusi väite paikkansa.
way-look-why = Valmistelkaa vastaus; älkää toistako väitettä julkisesti sitä ennen.
# $name: kieli.
way-group = Kertokaa päivän viesti myös tällä kielellä: { $name }.
way-group-why = Siellä mieliala on selvästi kielteisempi kuin kokonaisuudessa.
way-check = Pyytäkää jotakuta tarkistamaan kiertävät tekstit.
way-check-why = Malli vain arvaa; tekstit ovat huhulokissa, eivät tällä sivulla.
way-nothing = Jatkakaa suunnitelman mukaan.
way-nothing-why = Mikään sääntö ei löytänyt asiaa, johon pitäisi tänään vastata.


## Mikä ei voi odottaa

urgent-title = Tämä ei voi odottaa
urgent-how = Liikkeellä on suuren riskin huhu. Sopikaa vastauksesta tänään ja julkaiskaa se sitten.
urgent-call = Kenelle soittaa
urgent-nobody = Asetuksissa ei ole ketään (report.call).
urgent-whole = Päivän koko tiedote on tämän sivun vieressä: index.html.


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
figures-people-note = sama kuin { $effective } yhtä aktiivista kirjoittajaa
figures-interval = väli { $interval }
figures-change = Kielteisten osuus verrattuna 7 edelliseen päivään
figures-n = Osuudet koskevat viestejä, jotka pystyttiin lukemaan; { $n ->
        [one] niitä on yksi
       *[other] niitä on { $n }
    }. Väli kertoo, missä todellinen osuus hyvin todennäköisesti on (95 %).


## Luvut

# Kokonaisten ja desimaalien välissä, tuhansien välissä, osuuden perässä, nollaa pienemmän edessä.
# Näkymätön merkki kirjoitetaan numerollaan: { "\u00A0" } on välilyönti, joka pitää luvun yhdellä rivillä.
number-decimal = ,
number-group = { "\u00A0" }
number-percent = { "\u00A0" }%
number-minus = −


## Osuudet, muutokset ja päivämäärät

# Välin kahden luvun välissä.
interval = { $low }–{ $high }
# Osuuksien ero ja sen väli. $count: ero ilman etumerkkiä, vain sanan valintaan.
points = { $difference } { $count ->
        [one] prosenttiyksikkö
       *[other] prosenttiyksikköä
    } ({ $low } … { $high })
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
date-short = { $day }. { $month }
# Kuvion alla. $day ja $month: lukuja.
date-tick = { $day }.{ $month }.
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
coverage-scored = Viestejä pystyttiin lukemaan { $scored } / { $n } ({ $share }). Muut lasketaan tässä, niitä ei koskaan arvata.
coverage-unsupported-language = Kieltä ei lueta tai tunnistettu: { $n }
coverage-too-short = Liian lyhyitä, ei mitään luettavaa: { $n }
coverage-failed = Lukeminen epäonnistui: { $n }
coverage-truncated = Pituuden vuoksi luettu vain osittain: { $n }
# $groups: näyttämättä jätetyt ryhmät. $people: näytettävän ryhmän vähimmäiskoko.
coverage-withheld = { $groups ->
        [one] Yksi ryhmä
       *[other] { $groups } ryhmää
    } on jätetty pois, koska takana on alle { $people } ihmistä.
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
mood-legend-usual = Ohut päätyviivallinen jana on 95 %:n väli. Pystyviiva on 7 edellisen päivän keskiarvo. Koko leveys on 100 %.
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


## Viimeiset neljä viikkoa

# $days: montako päivää on piirretty.
weeks-mood-caption = Kielteiset ja myönteiset viestit, viimeiset { $days } päivää. Vaalea nauha on 95 %:n väli.
# $low, $high: osuuksia väleineen; $low_day, $high_day: niiden päivät.
weeks-mood-range = Kielteisten osuus pienimmillään: { $low }, { $low_day }. Suurimmillaan: { $high }, { $high_day }.
weeks-mood-gaps = { $days ->
        [one] Yhdeltä päivältä
       *[other] { $days } päivältä
    } mieliala puuttuu, ja kuviossa on aukko.
weeks-volume-caption = Viestit, viimeiset { $days } päivää
weeks-volume-top = Eniten viestejä: { $day }, { $n }.
weeks-volume-none = Yhtään päivää ei kuultu.
weeks-volume-gaps = { $days ->
        [one] Yhtä päivää
       *[other] { $days } päivää
    } ei kuultu. Se on aukko, ei nolla.
weeks-today = Tämä päivä
weeks-before = Päivät ennen
weeks-missed = Ei kuultu, tai vain osa päivästä
weeks-table = Luvut päivittäin
weeks-no-mood = ei mielialaa
weeks-not-heard = ei kuultu
weeks-complete = täydellinen
weeks-partial = osittainen
weeks-no-data = ei tietoja
# Kuvion numero kertoo, mitä jonakin päivänä tapahtui. $day: päivä. $what: mitä.
weeks-event = { $day }: { $what }
weeks-marks = Numerot: tapahtumat, lueteltu mielialan käyrän alla
# Muiden mittaama sarja. $name: mitä. $source: kuka.
outside-caption = { $name }
outside-how = Muiden mittaama ({ $source }). Se on mielialan rinnalla eikä sekoitu siihen.
outside-last = Viimeisin arvo, { $day }: { $value }.
column-value = Arvo


## Määrä

volume-title = Milloin kirjoitettiin
volume-mean = Päivän viestit: { $n }. 7 edellisen päivän keskiarvo: { $mean } (vertailukelpoisia päiviä: { $days }).
volume-caption = Viestit tunneittain, { $timezone }
volume-negative = Todennäköisimmin kielteiset (pylvään alaosa)
volume-other = Muut viestit
volume-missed = Tuntia ei kuultu kokonaan: viestejä voi puuttua
# $from ja $to: kellonaikoja.
volume-top = Eniten viestejä tuli klo { $from }–{ $to }: { $n }.
# $hours: tunnit alkuhetken mukaan.
volume-holes = Osittain kuulematta jäivät tunnit, jotka alkavat klo { $hours }. Matala pylväs ei niissä tarkoita, että ihmiset olivat hiljaa.
# $people: pienin ihmismäärä.
volume-withheld = Kielteistä osaa ei näytetä tunneilta, joilla kirjoittajia oli alle { $people }.
volume-not-shown = ei näytetä
volume-table = Luvut tunneittain


## Tavallisesta poikkeavaa

spikes-title = Tavallisesta poikkeavaa
finding-spike-volume = Viestejä on tavallista enemmän.
finding-spike-questions = Tavallista useampi kysyy jotain.
finding-spike-narrative = Jokin liikkeellä oleva leviää tavallista nopeammin.
# $today ja $usual: valmiiksi kirjoitettuja lukuja. $reason: viestien spikes-sum ja spikes-since virkkeet.
finding-spike-posts = Viestejä: { $today }; tavallisesti: { $usual }. { $reason }
finding-spike-people = Ihmisiä: { $today }; tavallisesti: { $usual }. { $reason }
# $sum: kasvuun viittaavan näytön summa. $threshold: raja, jonka ylitys merkitään.
spikes-sum = Näyttö: { $sum }; raja: { $threshold }.
# $since: päivä ja kuukausi. $days: moneenko aiempaan päivään verrataan.
spikes-since = Kasvun alku: { $since }; vertailupäiviä: { $days }.
spikes-caption = Enemmän kuin edellisten viikkojen perusteella voisi odottaa
spikes-what = Mikä
spikes-today = Tänään
spikes-usual = Tavallisesti
spikes-rule = Sääntö ja luvut
spikes-ears = EARS samaa mieltä
spikes-ears-none = ei mikään
spikes-volume = Viestit
spikes-negative = Kielteisten viestien osuus
spikes-questions = Ihmiset, jotka kysyvät jotain
# $tag: aihetunniste.
spikes-tag = Ihmiset, jotka käyttävät tunnistetta { $tag }
# Ennen vastausta tai tietoa siitä, ettei vastausta ole.
spikes-narrative = Ihmiset, jotka puhuvat huhusta.
spikes-narratives = { $narratives ->
        [one] yksi kertomus
       *[other] { $narratives } kertomusta
    }
# $n: montako lukua verrattiin.
spikes-none = Mikään ei poikkea tavallisesta. { $n ->
        [one] Yhtä lukua
       *[other] { $n } lukua
    } verrattiin edellisiin viikkoihin.
spikes-counted = { $narratives ->
        [one] Yksi kertomus, joka täällä vain lasketaan, leviää
       *[other] { $narratives } kertomusta, jotka täällä vain lasketaan, leviää
    } tavallista nopeammin.
spikes-how = Jokaista lukua verrataan enintään { $window } aiempaan päivään. Kuulematta jääneet päivät jätetään pois; ne eivät ole nollia. Viikonpäivä otetaan huomioon. Kasvuun viittaava näyttö lasketaan yhteen { $memory } päivältä, ja raja on { $threshold }. Myös viikkoja kestävä hidas kasvu voi ylittää rajan. EARS on kolme tunnettua sääntöä, jotka katsovat seitsemää edellistä päivää (C1, C2, C3). Ne ovat tässä vertailuksi eivätkä päätä mitään.
# $n: montako lukua verrattiin. $each: monessako päivässä yksi luku ylittää rajan sattumalta; $days: monessako jokin niistä.
spikes-chance = Yksi luku ylittää rajan sattumalta enintään noin yhtenä rauhallisena päivänä { $each } päivästä. { $n ->
        [one] Yhtä lukua
       *[other] { $n } lukua
    } verrattiin, joten vääriä hälytyksiä on odotettavissa enintään noin yksi { $days ->
        [one] päivässä
       *[other] { $days } päivässä
    }.
# $what: mitä ei arvioitu, lueteltuna.
spikes-not-heard = Ei arvioitu, koska tänään kuultiin liian vähän: { $what }. Se ei tarkoita, että kaikki on rauhallista.
spikes-too-few-people = Ei arvioitu, koska takana on liian vähän ihmisiä: { $what }.
# $needed: montako aiempaa päivää tarvitaan.
spikes-too-few-days = Ei vielä arvioitu, koska vertailukelpoisia aiempia päiviä on alle { $needed }: { $what }. Se ei tarkoita, että kaikki on rauhallista.


## Kielet, aihetunnisteet, lähteet

groups-title = Kielet, aihetunnisteet, lähteet
groups-how = Vertaa välejä, älä lukuja. Jos välit menevät päällekkäin, eroa ei ehkä ole.
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
checking-how = ”Todennäköisesti tarkistettavaa” tarkoittaa, että malli antaa todennäköisyydeksi { $threshold } tai enemmän. Se on syy katsoa, ei tuomio. Tarkista ensin, vastaa sitten. Kun oikaiset huhun, älä toista sitä.
checking-no-repeated = Tekstejä ei näytetä, koska mitään niistä ei julkaissut riittävän moni eri ihminen.
# $texts: kuinka monta tekstiä.
checking-not-repeated = { $texts ->
        [one] Usea ihminen julkaisi tekstin, joka todennäköisesti kaipaa tarkistusta tai toistaa huhun. Sitä ei toisteta tässä.
       *[other] Usea ihminen julkaisi tekstejä, jotka todennäköisesti kaipaavat tarkistusta tai toistavat huhun: { $texts }. Niitä ei toisteta tässä.
    }
checking-repeated-caption = Muut useimpien julkaisemat tekstit, ilman nimiä
checking-unlikely = { $probability } – alle rajan
# $full: mitä palkin koko leveys tarkoittaa.
checking-by-hashtag = Todennäköisesti tarkistettavaa aihetunnisteen mukaan (palkin koko leveys: { $full })


## Kertomukset ja huhut

rumours-title = Kertomukset ja huhut
rumours-how = Vastaus tulee ensin. Jaa se, älä huhua. Ketään ei nimetä, eikä viestejä näytetä tai linkitetä.
rumours-none = Tänä päivänä ei liikkunut riittävän laajalti mitään, mistä kannattaisi kertoa.
rumours-not-searched = Tältä päivältä ei etsitty huhuja eikä kysymyksiä. Se ei tarkoita, ettei niitä ollut.
# $about: aihe kuten kohdassa "Aiheet", tai tyypillisiä sanoja.
rumours-no-answer = Ei vielä vastausta: { $about }
# $host: kenen sivu se on.
rumours-answer-elsewhere = Vastaus löytyy osoitteesta { $host }: { $about }
rumours-risk = Riski: { $risk }
rumours-risk-by-person = Riski: { $risk } (riskin tai tason on päättänyt ihminen)
rumours-claimed = Mitä huhutaan
rumours-words = Tyypillisiä sanoja
rumours-checked = Tarkistettu
# $publisher: tarkistajan sivusto.
rumours-checked-by = Tarkistaja { $publisher }
rumours-level = Mitä tehdä
# $level: mitä tehdä, kuten alla.
rumours-find-answer = Selvitä ensin vastaus. { $level }
rumours-action = Mitä tehdään
rumours-result = Mitä siitä seurasi
rumours-link = Koko vastaus
rumours-posts = Viestejä
rumours-posts-texts = { $n }, { $texts ->
        [one] yhdellä sanamuodolla
       *[other] { $texts } eri sanamuodolla
    }
rumours-people = Ihmisiä
rumours-people-note = { $people }, sama kuin { $effective } yhtä aktiivista kirjoittajaa
rumours-stances = Mitä viestit tekevät
rumours-stance-counts = toistaa { $repeats }, kiistää { $rebuts }, ei ota kantaa { $mentions }
# $share: kantaa ottavista viesteistä.
rumours-rebut-share = kantaa ottavista kiistää { $share }
rumours-trend-label = Suunta
# $trend: kuten alla. $pace: jompikumpi kahdesta seuraavasta.
rumours-trend = { $trend }, { $pace }
# $ratio: tämän päivän viestit suhteessa aiempiin päiviin. $interval: sen 95 %:n väli.
rumours-velocity = viestejä { $ratio }-kertaisesti aiempiin päiviinsä verrattuna ({ $interval })
rumours-velocity-least = viestejä vähintään { $low }-kertaisesti aiempiin päiviinsä verrattuna
rumours-first-seen = Nähty ensi kerran
rumours-sources = Missä
rumours-langs = Kielet
# $list: suurimmat nimeltä. $more: kuinka monta jää nimeämättä.
rumours-and-more = { $list } ja { $more } muuta
rumours-status = Tila
# $who: henkilön tunnus. $day: päivämäärä.
rumours-decided = { $status } (päättänyt { $who }, { $day })
rumours-decided-by = { $status } (päättänyt { $who })
rumours-history = Viestit, jotka eivät kiistä sitä, viime { $days } päivältä, tämä päivä tummana; eniten { $day }: { $n }.
rumours-history-gaps = { $days ->
        [one] Yhtä päivää ei kuultu, ja sen kohta on tyhjä.
       *[other] { $days } päivää jäi kuulematta, ja niiden kohdat ovat tyhjiä.
    }
# $n: viestit tänään. $trend: kuten alla.
rumours-multiple = tänään { $n }, { $trend }
# $rules: säännöt lukuineen.
rumours-because = Ratkaisseet säännöt: { $rules }.
rumours-more = { $lines ->
        [one] Yksi lisää on
       *[other] { $lines } lisää on
    } tiedostossa report.json.
rumours-ignored = { $lines ->
        [one] Yhtä vähän levinnyttä seurataan, mutta siitä ei kerrota
       *[other] { $lines } vähän levinnyttä on seurannassa, mutta niistä ei kerrota
    } tässä. Kertominen levittäisi sitä, minkä vain harva on kuullut.
rumours-withheld = { $lines ->
        [one] Yksi huhu tai kysymys
       *[other] { $lines } huhua ja kysymystä
    } on jätetty pois, koska takana on alle { $people } ihmistä.
rumours-rules = Riski lasketaan kiinteillä säännöillä. Ne kysyvät, kuinka moni huhua julkaisee, miten se leviää ja kasvaako se. Ne kysyvät myös, mitä tarkistajat ovat todenneet. Jos moni kiistää huhun, riski laskee. Ihmisen päätös menee sääntöjen edelle. Rajat: { $rules }.
# Sääntö ja sen raja; luku ja raja, johon sitä verrattiin.
rule-value = { $name }: { $value }
rule-held-against = { $name }: { $value } (sääntö: { $threshold })
# Säännöt risk.toml-tiedoston nimillä, sitten mitä ne mittaavat ja toteavat. Nimi ilman riviä näytetään sellaisenaan.
rule-circulating-posts = liikkeellä alkaen, viestejä
rule-circulating-people = liikkeellä alkaen, ihmisiä
rule-wide-people = laaja alkaen, ihmisiä
rule-wide-effective-authors = laaja alkaen, yhtä aktiivisia
rule-wide-signs = laajuuden merkkejä viidestä
rule-wide-share-of-day = merkki: osuus päivän viesteistä
rule-wide-sources = merkki: lähteitä
rule-wide-langs = merkki: kieliä
rule-wide-unique-texts = merkki: eri sanamuotoja
rule-wide-days-alive = merkki: päiviä ensi kerrasta
rule-threat-little-below = vähäinen uhka, kun keskimääräinen todennäköisyys on alle
rule-threat-serious-from = vakava uhka alkaen keskimääräisestä todennäköisyydestä
rule-growth-days = vertailuun tarvitaan päiviä
rule-growth-rising = nousussa, kun kerroin on yli
rule-growth-falling = laskussa, kun kerroin on alle
rule-growth-or-share-of-day = suuri ilman kasvua, kun osuus päivän viesteistä on
rule-rebuttals-share = laskee, kun kiistämisten osuus on
rule-days = kuultuja aiempia päiviä
rule-rising = kerroin aiempiin päiviin
rule-falling = kerroin aiempiin päiviin
rule-little-below = keskimääräinen todennäköisyys, että kaipaa tarkistusta
rule-serious-from = keskimääräinen todennäköisyys, että kaipaa tarkistusta
rule-or-share-of-day = osuus päivän viesteistä
rule-share = kiistämisten osuus
rule-posts = viestejä
rule-people = ihmisiä
rule-effective-authors = yhtä aktiivisia ihmisiä
rule-signs = laajuuden merkkejä
rule-share-of-day = osuus päivän viesteistä
rule-sources = lähteitä
rule-langs = kieliä
rule-unique-texts = eri sanamuotoja
rule-days-alive = päiviä ensi kerrasta
rule-rebut-share = kiistämisten osuus
rule-velocity = kerroin aiempiin päiviin, vähintään
rule-needs-checking = keskimääräinen todennäköisyys, että kaipaa tarkistusta
rule-verdict = uhka arvion mukaan
rule-little = vähäinen
rule-some = jonkinlainen
rule-serious = vakava
rule-narrow = harva on kuullut sen
rule-circulates = se on liikkeellä
rule-wide = se on levinnyt laajalle
rule-not-wide = se ei ole levinnyt laajalle
rule-new = se on uusi, päiviä
rule-rises = se kasvaa, kerroin vähintään
rule-does-not-grow = kasvu ei ole varmaa
rule-overwhelms = osuus päivän viesteistä, vaikka ei kasva
rule-rebutted = kiistämisten osuus laskee riskiä
rule-doubtful = sen viestit kaipaavat enimmäkseen tarkistusta
rule-seldom-doubtful = sen viestit kaipaavat harvoin tarkistusta
rule-other-topic = aihe ei koske terveysvalintoja
rule-answered = siihen on vastaus
rule-unanswered = siihen ei ole vielä vastausta
rule-cause = alkuperä ja leviäminen
rule-illness = tauti
rule-treatment = ehkäisy, hoito, rokotteet
rule-intervention = toimet ja säännöt
rule-information = tiedonvälitys ja lähteet
risk-high = suuri
risk-medium = keskisuuri
risk-low = pieni
# Mitä ehdotetaan ja mitä se tarkoittaa.
level-direct = Vastaa suoraan: kerro avoimesti, miten asia on. Mainitse huhu korkeintaan kerran.
level-passive = Pidä vastaus valmiina ja julkaise se huhua mainitsematta.
level-ignore = Älä tee mitään, mikä tekisi siitä tunnetumman.
level-word-direct = vastaa suoraan
level-word-passive = vastaa huhua mainitsematta
level-word-ignore = jätä rauhaan
trend-new = uusi
trend-rising = nousussa
trend-steady = ennallaan
trend-falling = laskussa
trend-unclear = epäselvä, kuultiin liian vähän
status-open = avoin
status-answered = vastattu
status-closed = suljettu
# Mitä tarkistajat ovat todenneet. Arvio, jolla ei ole riviä tässä, näytetään heidän sanoillaan.
checked-true = pitää paikkansa
checked-mostly-true = pitää enimmäkseen paikkansa
checked-mixed = osin totta, osin ei
checked-mostly-false = ei enimmäkseen pidä paikkaansa
checked-false = ei pidä paikkaansa
checked-unproven = ei näyttöä
checked-satire = satiiria
# Aiheet
topic-cause = alkuperä ja leviäminen
topic-illness = tauti
topic-treatment = ehkäisy, hoito, rokotteet
topic-intervention = toimet ja säännöt
topic-information = tiedonvälitys ja lähteet
topic-none = ei vielä luokiteltu
# Kuka päätti, kun se ei ollut ihminen.
who-rules = säännöt


## Kysymykset ja tietoaukot

voids-title = Kysymykset ja tietoaukot
voids-how = Tietoaukko on kysymys, johon ei vastaa tunnettu tosiasia eikä virallinen viesti. Huhut kasvavat siinä. Vastaa ensin näihin.
voids-all-answered = Jokaiseen kysymykseen, jota riittävän moni kysyy, on vastaus. Auta ihmisiä löytämään se.
voids-no-questions = Kysymyksiä ei näytetä, koska mitään niistä ei esittänyt riittävän moni.
voids-open = Vielä vastaamatta
voids-likely = Vastaus saattaa olla olemassa: tarkista, että se sopii
voids-answered = Vastaus on olemassa
voids-nobody = Kukaan ei ole vielä vastannut.
voids-answered-elsewhere = Vastaus on olemassa:
voids-no-words = (ei tyypillisiä sanoja)
voids-more = { $questions ->
        [one] Yksi lisää on
       *[other] { $questions } lisää on
    } tiedostossa report.json.


## Muutokset huhuluettelossa

changes-title = Muutokset huhuluettelossa
changes-none = Mitään ei avattu, muutettu eikä suljettu tänään.
changes-counts = Avattu: { $opened }. Muutettu: { $changed }. Suljettu: { $closed }.
changes-caption = Mikä muuttui, vastauksen mukaan
changes-field = { $field }: { $what }
changes-from-to = { $before } → { $after }
changes-taken-away = { $before } → ei mitään
changes-more = { $changes ->
        [one] Yksi muutos lisää on
       *[other] { $changes } muutosta lisää on
    } tiedostossa report.json.
changes-ignored = { $changes ->
        [one] Yksi muutos koskee asiaa, joka on levinnyt vähän. Siitä
       *[other] { $changes } muutosta koskee asioita, jotka ovat levinneet vähän. Niistä
    } kerrotaan vain määrä.
change-opened = avattu
change-status = tila
change-risk = riski
change-level = mitä tehdä
change-action = toimi
change-result = tulos
change-verdict = arvio
change-withdrawn = vedetty pois


## Aiheet, nousevat aihetunnisteet

topics-title = Aiheet
topics-how = Mistä päivän huhut, kertomukset ja kysymykset kertovat. Kahta aihetta koskeva viesti lasketaan kahdesti; useimmat eivät koske yhtäkään.
topics-caption = Aiheittain
tags-title = Nousevat aihetunnisteet
tags-how = Nämä nousevat tunnisteidenne rinnalla eivätkä ole seurannassa. Mitään ei lisätä itsestään: te päätätte.
tags-caption = Ei vielä seurannassa


## Lukujen rinnalla: uudet versiot, toimet ja viikon sivu

# Mitä päivän uusi versio muutti. $what: osa seuraavista, välissä "; ".
revision-line = Tämän päivän versio { $revision }: { $what }.
# $n: montako viestiä enemmän tai vähemmän kuin edellisessä versiossa.
revision-late-posts = { $n ->
        [one] yksi viesti tuli myöhässä
       *[other] { $n } viestiä tuli myöhässä
    }
revision-fewer-posts = { $n ->
        [one] yksi viesti vähemmän
       *[other] { $n } viestiä vähemmän
    }
revision-edits = viestejä muokattiin
revision-claims = viestejä verrattiin toisiin väitteisiin
revision-coverage = tiedetään paremmin, mitä kuultiin
revision-reviews = ihmiset lukivat läpi tämän päivän viestejä
revision-model = toinen malli luki viestit
revision-settings = asetukset muuttuivat
revision-days-before = päivät, joihin verrataan, muuttuivat
# $before, $after, $share: osuudet täysinä prosentteina.
revision-negative = kielteisten osuus { $before } → { $after }
revision-negative-still = kielteisten osuus yhä { $share }
# $files: mitä tällä sivulla piti olla, kuten seuraavissa kolmessa.
header-unread = Tältä sivulta puuttuu, koska tiedostoa ei voitu lukea: { $files }.
beside-events = tapahtumat
beside-outside = muiden mittaukset
beside-actions = toimien luettelo
actions-title = Mitä tehdään
# $open: käynnissä olevat toimet. $late: niistä myöhässä. $closed: tehdyt tai sikseen jätetyt.
actions-counts = Käynnissä: { $open }, niistä myöhässä: { $late }. Tehty tai jätetty sikseen: { $closed }.
actions-none = Luettelo on tyhjä: mitään ei ole käynnissä eikä tehty.
# $day: päivämäärä. Viiden taulukon otsikot.
actions-late = Myöhässä: ei tehty määräpäivään mennessä ({ $day })
actions-due-next = Määräpäivä: { $day }
actions-opened = Juuri päätetyt
actions-closed = Tehdyt tai sikseen jätetyt
actions-open = Käynnissä
actions-no-due = ei päivää
actions-more = { $actions ->
        [one] Yksi lisää on
       *[other] { $actions } lisää on
    } tiedostossa report.json.
actions-counted = { $actions ->
        [one] Yksi toimi lisää koskee
       *[other] { $actions } toimea lisää koskee
    } vähän levinnyttä asiaa, ja siitä kerrotaan vain määrä.
action-open = aloittamatta
action-doing = aloitettu
action-done = tehty
action-dropped = jätetty sikseen
column-action = Mitä
column-owner = Kuka
column-due = Mihin mennessä
column-note = Miten sujuu
column-day = Päivä
column-days = Päiviä
column-days-by-state = Päivät
column-heard = Kuultu
column-risk = Riski
column-level = Mitä tehdä
column-this-week = Tämä viikko
column-week-before = Edellinen viikko
week-title = Viikkokatsaus yleiseen mielialaan
# Selainikkunan otsikko. $week: kuten seuraavassa.
week-page-title = Yleinen mieliala, { $week }
week-name = viikko { $number }/{ $year }
week-days = { $from } – { $upto }
week-heard = Kokonaan kuultuja päiviä: { $whole }. Osittain: { $part }. Ei lainkaan: { $none }.
week-posts = Viestejä: { $n }. Keskiarvo kuultua päivää kohti: { $mean }. Kuulematta jääneitä päiviä ei lasketa.
week-posts-before = Edellisellä viikolla viestejä päivässä: { $mean }.
week-mood-title = Viikon mieliala
week-mood-caption = { $days ->
        [one] Ainoa päivä, jota voi verrata
       *[other] Vertailukelpoisten päivien keskiarvo ({ $days } päivää)
    }, n = { $n }
week-no-mood = Minään tämän viikon päivänä ei ollut riittävästi viestejä mielialan kertomiseen.
# $reason: yksi seuraavista neljästä.
week-not-compared = Ei verrata edelliseen viikkoon: { $reason }.
week-no-week-before = edellistä viikkoa ei vielä ole
week-too-few-days = liian harvaa tämän viikon päivää voi verrata
week-too-few-days-before = liian harvaa edellisen viikon päivää voi verrata
week-other-model = edellinen viikko on luettu toisella mallilla
week-daily = Päivä päivältä
week-day-whole = kokonaan
week-day-part = osittain
week-day-quiet = kokonaan: ei viestejä
week-day-none = ei kuultu
week-day-no-record = ei merkintää
week-day-other-model = luettu toisella mallilla
week-day-left-out = ei mukana keskiarvossa: { $reason }
week-corrected = Ihmiset ovat lukeneet läpi joidenkin päivien viestejä. Tässä kaikki päivät ovat niin kuin malli ne lukee, jotta niitä voi verrata.
week-not-searched = Miltään tämän viikon päivältä ei etsitty huhuja eikä kysymyksiä. Se ei tarkoita, ettei niitä ollut.
week-rumours-none = Tällä viikolla riittävän monen kesken ei kiertänyt mitään kerrottavaa.
week-rumours-how = Jokainen rivi kertoo, mitä tiedettiin viimeisenä päivänä, jona asia kuultiin. Vastaus on ensin: jaa vastausta, älä huhua.
week-rumours-caption = Mitä kiersi, vastauksen mukaan
week-rumours-withheld = Joinakin päivinä huhuja tai kysymyksiä ei näytetä, koska niiden takana on alle { $people } ihmistä.
week-decided-title = Mitä päätettiin
week-decided-none = Huhuluettelossa ei tällä viikolla avattu, muutettu eikä suljettu mitään.
week-coverage-caption = Lähteet tällä viikolla
week-no-record = Ei ole merkintää siitä, mitä tällä viikolla kysyttiin.
week-method-mean = Viikon osuus on sen päivien keskiarvo. Mukana eivät ole päivät, joilta on liian vähän viestejä tai joista jäi liian paljon kuulematta.
week-method-change = Kahta viikkoa sanotaan erilaisiksi vain, jos niiden eron väli ei sisällä nollaa.
# $week: kuten 2020-W11.
week-method-again = Samat tiedot ja asetukset antavat tämän sivun uudelleen tavu tavulta: polso report --week { $week }
week-method-data = Tiedot: { $day }


## Sivustot

sites-title = Sivustot, joihin linkit johtavat
sites-caption = Sivustot ihmisten määrän mukaan
sites-how = Kokonaiset osoitteet jätetään tarkoituksella pois. Osa niistä johtaa siihen, mikä leviää.


## Kuinka hyviä luokat ovat

quality-title = Kuinka hyviä luokat ovat
quality-none = Kukaan ei ole vielä käynyt läpi otosta tältä ajalta. Siksi ei tiedetä, kuinka usein luokat ovat tässä oikein. ”polso review sample” poimii otoksen.
# $since, $upto: päivämääriä.
quality-how = Ihmiset kävivät läpi otoksen viesteistä ({ $since } – { $upto }). Suluissa on väli, jolla todellinen arvo hyvin todennäköisesti on (95 %).
quality-terms = Kappa kertoo, kuinka paljon kaksi arviota yhtyy yli sattuman. 0 ei ole sattumaa parempi, 1 tarkoittaa aina. Jos arvioijatkaan eivät ole yksimielisiä, mikään malli ei voi olla oikeassa.
quality-too-few = liian vähän
quality-no-kappa = –
task-sentiment = Mieliala
task-needs-checking = Kaipaa tarkistusta
task-question = Kysymykset
task-stance = Toistaa vai kiistää
# Luokat nimen mukaan. Luokka ilman riviä näytetään sellaisenaan.
label-all = Kaikki luokat
label-negative = kielteinen
label-neutral = neutraali
label-positive = myönteinen
label-yes = kyllä
label-no = ei
label-repeats = toistaa
label-rebuts = kiistää
label-mentions = ei ota kantaa


## Shares

withheld-too-few-authors = kirjoittajia on liian vähän
mood-counts-texts = Jokainen erilainen teksti lasketaan tässä kerran, vaikka sitä olisi kopioitu monta kertaa.
mood-counts-authors = Jokainen ihminen lasketaan tässä kerran, vaikka hän olisi kirjoittanut paljon.
method-change-none = Muutosta sanotaan muutokseksi vain, jos eron väli ei sisällä nollaa. Jos viestejä, kirjoittajia tai kuultuja tunteja on liian vähän, mitään ei verrata: niin on tänään.
method-more = Menetelmä, sen kokeet ja sen rajat on kuvattu hankkeen tiedostossa docs/method.md.


## Menetelmä ja rajat

method-title = Menetelmä ja rajat
method-limits-heading = Mitä tämä raportti ei voi kertoa
method-not-a-poll = Tämä ei ole mielipidekysely. Tämä kertoo niistä, jotka kirjoittivat julkisesti näillä aihetunnisteilla, ei väestöstä.
method-not-heard = Kuulematta jäävät ne, jotka eivät ole näillä alustoilla, kirjoittavat suljetuissa ryhmissä tai vain lukevat. Myös kokonaisia ikäryhmiä ja paikkakuntia on siellä vähän.
method-not-false = Raportti ei itse koskaan sano, ettei jokin pidä paikkaansa. Se sanoo, mitä jonkun pitäisi tarkistaa. Arvion kohdalla kerrotaan, kuka tarkisti.
method-languages = Vain mallin oppimia kieliä luetaan. Muut lasketaan osiossa ”Mitä kuultiin”.
method-how-heading = Miten luvut syntyvät
# $tags: seuratut aihetunnisteet.
method-what = Luettiin julkiset viestit, kukin kerran. Aihetunnisteet: { $tags }.
method-what-any = Luettiin kaikki tälle päivälle kerätyt tai tuodut julkiset viestit, kukin kerran.
method-shares = Malli antaa jokaiselle viestille todennäköisyyden olla kielteinen, neutraali ja myönteinen. Osuudet arvioidaan näistä todennäköisyyksistä ja viesteistä, joiden mieliala tunnetaan jo, kieli kerrallaan. Luokkia ei lasketa.
method-interval = Väli (95 %) kertoo, paljonko osuus voi heittää. Syitä on kaksi: juuri nämä ihmiset kirjoittivat, ja viestejä, joiden mieliala tunnetaan, on vähän. Sitä varten arvotaan monta kertaa sekä ihmisiä että tunnettuja viestejä. Väliin eivät sisälly uudet ilmaisut, joita malli ei ole koskaan nähnyt.
method-rounding = Osuudet kirjoitetaan niin tarkasti kuin väli sallii. Jos väli ulottuu yhden yksikön tai enemmän kumpaankin suuntaan, luvut ovat kokonaisia. Muuten niissä on yksi desimaali. Siksi summat voivat heittää yhdellä.
# $comparisons: differences on the page.
method-change = Muutosta sanotaan muutokseksi vain, jos eron väli ei sisällä nollaa. Väli on sitä leveämpi, mitä enemmän vertailuja sivulla on: tässä { $comparisons }. Jos viestejä, kirjoittajia tai kuultuja tunteja on liian vähän, mitään ei verrata.
method-threshold = ”Todennäköisesti tarkistettavaa” alkaa, kun todennäköisyys on { $threshold }.
method-bottom-line = Kiinteät säännöt valitsevat pääkohdat, enintään kolme. Ensin tulevat aukot, sitten huhut, joihin on vastattava suoraan, sitten muutokset. Viimeisinä tulevat asiat, joihin kukaan ei ole vastannut, sekä tekstit ja ryhmät, jotka nousevat esiin.
method-privacy-heading = Ihmiset
method-withheld = Ryhmää ei näytetä, jos siinä on alle { $people } ihmistä.
method-never-stored = Koskaan ei tallenneta nimiä, tunnuksia, osoitteita, puhelinnumeroita eikä linkkejä profiileihin. Tilit muutetaan luvuiksi. Niitä ei voi palauttaa ilman salaista avainta.
method-again = Samat tiedot ja asetukset antavat tämän sivun uudelleen, tavu tavulta: polso report --day { $day }
method-query = Haku
method-model = Malli
method-estimate = Arviointitapa
method-config-hash = Asetusten tunniste
method-data-hash = Aineiston tunniste


## Tiedot

annex-title = Tämän sivun tiedot
annex-caption = Tiedostot paikoillaan tietokansiossa
annex-report = tämän sivun jokainen luku
annex-measures = osuudet, määrät ja välit taulukkona
annex-summary = päivän koko yhteenveto
annex-observations = rivi viestiä kohti, ilman nimiä
annex-ledger = mitä kysyttiin ja kuultiin, tunneittain
annex-in-file = kerrottu tiedostossa


## Mitä kerrotaan sähköpostissa ja keskusteluissa

# Aiheet. $day: päivämäärä. $revision: 2 on ensimmäinen korjaus ja niin edelleen.
tell-report = Yleinen mieliala, { $day }
tell-report-partial = Yleinen mieliala, { $day }: osa päivästä jäi kuulematta
tell-report-no-data = Yleinen mieliala, { $day }: ei tietoja
tell-revision = Yleinen mieliala, { $day }, korjattu: versio { $revision }
# $what: mikä poikkeaa tavallisesta, kuten kohdassa "Tavallisesta poikkeavaa".
tell-spike = Tavallista enemmän: { $what }
tell-spike-numbers = Tänään { $today }, yleensä { $usual }.
tell-failed = Uutta raporttia ei tullut: { $day }
tell-failed-kept = Ajo epäonnistui. Muiden päivien raportit ovat ennallaan.
# Ennen ohjelman omaa viestiä, joka on englanniksi.
tell-failed-why = Polson ylläpitäjälle:
tell-test = Kokeilu: polson viestit tulevat tänne
tell-test-line = Mitään ei ole tapahtunut. Joku kokeili, tulevatko viestit perille.
tell-see = Lue koko sivu
tell-foot = Polson lähettämä. Viestissä on vain julkaistuja lukuja, ei nimiä. Kukaan ei lue vastauksia tähän viestiin.


## Taulukoiden sarakkeet

column-read = Luetut viestit
column-topic = Aihe
column-rumours = Huhuja
column-rumour-posts = Viestejä niistä
column-questions = Kysymyksiä
column-asking-posts = Kysyviä viestejä
column-usual-posts = Tavallisesti päivässä
column-file = Tiedosto
column-contents = Sisältö
column-schema = Skeema
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
column-site = Sivusto
column-question = Mitä kysytään, tyypillisin sanoin
column-answer = Vastaus
column-trend = Suunta
column-about = Mitä koskee
column-change = Muutos
column-who = Kuka
column-label = Luokka
column-reviewed = Luettu läpi
column-precision = Oikein, kun malli sanoo niin (tarkkuus)
column-recall = Löytyi kaikista (saanti)
column-kappa = Malli ja ihmiset (kappa)
column-reviewers = Arvioijat keskenään (kappa)


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
lang-all = kaikki kielet
lang-und = ei tunnistettu
