# Rapporten på svenska.
#
# Varje text efter det första "=" på en rad får ändras. Namnet före "=" och namnen inom { $klammer } ska stå kvar:
# programmet fyller i dem. En text kan fortsätta på flera rader om de följande raderna är indragna.
# { $n -> [one] … *[other] … } väljer text efter antal: behåll formen, ändra orden.
# Samma namn ska finnas i varje fil i den här mappen; ett test jämför dem.


## Sidan

# Rubriken på webbläsarens fönster. $day: datumet.
page-title = Stämningen bland allmänheten, { $day }
page-skip = Gå till innehållet
page-footer = Sammanställt av polso ur offentliga inlägg. Det är ingen opinionsmätning och ingen faktagranskning. Det handlar inte om enskilda personer.


## Sidhuvud

header-title = Daglig rapport om stämningen bland allmänheten
header-number = Nummer
header-timezone = Tidszon
header-tracked = Följs
header-data = Data
# $revision: 2 för den första rättelsen, och så vidare.
header-revised = Det här är version { $revision } av dagen. Sena, ändrade eller raderade inlägg har ändrat siffrorna.
banner-seeds = Demonstration: de här inläggen är påhittade. Ingen har skrivit dem.
status-complete = Komplett: alla källor svarade hela dagen.
status-partial = Delvis: en del av dagen hördes inte. Se ”Vad som hördes”.
status-no-data = Inga data: inte ett enda inlägg kom in.


## I korthet: reglerna som väljer bland de här meningarna finns i src/findings.rs

bottom-line-title = I korthet
# En länk i slutet av en mening. $section: rubriken på ett avsnitt.
finding-see = Se ”{ $section }”
finding-no-posts = Inte ett enda inlägg.
finding-no-posts-evidence = Alla källor svarade och hade inget. Dagen var lugn, inget gick fel.
finding-no-data = Om den här dagen går det inte att säga något.
finding-no-data-evidence = Källorna hördes inte, och tystnad är inte lugn.
# $state: vad som hände med källan, som under "Täckning". $time: hur länge den saknades.
finding-silent-source = { $source } ({ $state }, { $time })
# $sources: källorna som tystnat, som ovan.
finding-partial = Allt hördes inte.
finding-partial-evidence = Saknas åtminstone delvis: { $sources }. Siffrorna bygger på { $n ->
        [one] ett inlägg
       *[other] { $n } inlägg
    } som kom in.
# $share, $mean: andelar med procenttecken. $points: en skillnad med sitt intervall.
finding-negative-up = Stämningen är mer negativ än de senaste 7 dagarna.
finding-negative-down = Stämningen är mindre negativ än de senaste 7 dagarna.
finding-negative-evidence = { $share } av inläggen är negativa, medelvärdet var { $mean }. Förändring: { $points }; n = { $n }.
finding-checking-up = Fler inlägg behöver troligen kontrolleras än de senaste 7 dagarna.
finding-checking-up-evidence = { $share }, medelvärdet var { $mean }. Förändring: { $points }; n = { $n }.
finding-checking-high = Många inlägg behöver troligen kontrolleras.
finding-checking-high-evidence = { $share }, klart över { $high }; n = { $n }.
# $answer: svarets första mening, som står för sig själv. $topic: som under "Ämnen".
finding-direct = Svara öppet: { $answer }
finding-direct-topic = Ett rykte ska besvaras öppet. Ämne: { $topic }.
# $risk, $trend: som under "Berättelser och rykten".
finding-direct-evidence = Ryktet bakom det: { $people } personer, { $n } inlägg. Risk: { $risk }. Utveckling: { $trend }.
finding-direct-more = { $more ->
        [one] Ett rykte till
       *[other] { $more } rykten till
    } ska besvaras öppet.
finding-narrative = Något nytt sprids, och ingen har svarat på det ännu.
finding-narrative-evidence = { $people } personer, { $n } inlägg. Risk: { $risk }. Utveckling: { $trend }.
finding-void = Många frågar något som ingen har svarat på ännu.
finding-void-evidence = { $people } personer, { $n } inlägg. Utveckling: { $trend }.
# $people har publicerat samma text, sammanlagt $n gånger. $probability: att den behöver kontrolleras.
finding-repeated = En text som troligen behöver kontrolleras sprids.
finding-repeated-evidence = { $people } personer har publicerat den, sammanlagt { $n } gånger; sannolikhet { $probability }.
# $name: ett språk.
finding-language = Ett språk är klart mer negativt: { $name }.
# $name: en hashtagg.
finding-hashtag = En hashtagg är klart mer negativ: { $name }.
# $share: andelen i den. $whole: andelen hela dagen.
finding-group-evidence = { $share } av inläggen där är negativa, { $whole } hela dagen; n = { $n }.
finding-no-mood = Ingen stämning för i dag.
finding-nothing = Inget ovanligt.
finding-nothing-evidence = Ingen regel hittade en förändring, en text eller en grupp som sticker ut; n = { $n }.


## Vad som kan göras: reglerna som väljer bland dessa meningar finns i src/ways.rs

ways-title = Vad som kan göras
# $sources: källornas namn.
way-sources = Ta reda på varför dessa källor var tysta: { $sources }.
way-sources-why = Tills de svarar saknas en del av bilden.
way-sources-degraded = För mycket saknas för att jämföra dagen med andra. Säg ingenting om ändrad stämning i dag.
# $topic: som under "Ämnen".
way-publish = Publicera svaret i dag. Ämne: { $topic }.
way-publish-why = Säg först vad som stämmer, och nämn ryktet högst en gång.
way-find = Be en expert om svaret i dag. Ämne: { $topic }.
way-find-why = Många har hört ryktet, och inget svar är klart.
# $people: hur många som frågar.
way-answer = Svara på den vanligaste frågan. Så många frågar: { $people }.
way-answer-why = Där ingen svarar växer rykten.
way-late = Gör klart det som är sent. Antal åtgärder: { $actions }.
way-late-why = Det skulle ha varit klart nu.
way-look = Ta reda på om det nya stämmer.
way-look-why = Ha ett svar klart. Upprepa det inte offentligt innan dess.
# $name: ett språk.
way-group = Säg dagens budskap också på det här språket: { $name }.
way-group-why = Där är stämningen klart mer negativ än i helheten.
way-check = Låt någon kontrollera texterna som sprids.
way-check-why = Modellen gissar bara. Texterna finns i ryktesloggen, inte här.
way-nothing = Fortsätt som planerat.
way-nothing-why = Ingen regel hittade något som behöver ett svar i dag.


## Det som inte kan vänta

urgent-title = Det här kan inte vänta
urgent-how = Ett rykte med hög risk sprids. Kom överens om svaret i dag och publicera det sedan.
urgent-call = Vem man ringer
urgent-nobody = Ingen är angiven i inställningarna (report.call).
urgent-whole = Hela dagens bulletin finns bredvid den här sidan: index.html.


## Nyckeltal

figures-title = Nyckeltal
figures-posts = Inlägg
# $texts: antalet olika texter.
figures-posts-note = { $texts ->
        [one] en enda text
       *[other] { $texts } olika texter
    }
figures-people = Personer
# $effective: ett tal som redan är utskrivet.
figures-people-note = som om { $effective } personer hade skrivit lika ofta
figures-interval = intervall { $interval }
figures-change = Andelen negativa jämfört med de senaste 7 dagarna
figures-n = Andelarna gäller { $n ->
        [one] det enda inlägget
       *[other] de { $n } inläggen
    } som gick att läsa. Intervallet visar var den verkliga andelen med stor sannolikhet ligger (95 %).


## Tal

# Mellan heltal och decimaler, mellan tusental, efter en andel, framför det som är mindre än noll.
# Ett tecken som inte syns skrivs med sitt nummer: { "\u00A0" } är ett mellanslag som håller talet på en rad.
number-decimal = ,
number-group = { "\u00A0" }
number-percent = { "\u00A0" }%
number-minus = −


## Andelar, förändringar och datum

# Mellan de två talen i ett intervall.
interval = { $low }–{ $high }
# En skillnad mellan andelar med sitt intervall. $count: skillnaden utan tecken, bara för att välja ord.
points = { $difference } { $count ->
        [one] procentenhet
       *[other] procentenheter
    } ({ $low } till { $high })
verdict-up = Uppåt
verdict-down = Nedåt
verdict-no-real-change = Ingen verklig förändring
verdict-withheld = Jämförs inte
# $days: dagar som går att jämföra, av $window.
withheld-too-few-days = bara { $days ->
        [one] en dag
       *[other] { $days } dagar
    } av { $window } går att jämföra
withheld-too-few-posts = för få inlägg
withheld-low-coverage = en för stor del av dagen hördes inte
withheld-other-model = de tidigare dagarna har lästs av en annan modell
withheld-no-days = inga tidigare dagar ännu
date = { $weekday } { $day } { $month } { $year }
date-short = { $day } { $month }
# Under ett diagram. $day och $month: siffror.
date-tick = { $day }/{ $month }
weekday-1 = måndag
weekday-2 = tisdag
weekday-3 = onsdag
weekday-4 = torsdag
weekday-5 = fredag
weekday-6 = lördag
weekday-7 = söndag
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
# I tabellernas smala celler.
time-minutes = { $minutes } min
time-hours = { $hours } h
time-hours-minutes = { $hours } h { $minutes } min
not-scored = inte läst


## Täckning

coverage-title = Vad som hördes
coverage-caption = Källorna den här dagen
coverage-no-record = Det finns ingen anteckning om vad som frågades den här dagen.
coverage-answered-of = { $answered } av { $asked }
coverage-scored = { $scored } av { $n } inlägg gick att läsa ({ $share }). De andra räknas här och gissas aldrig.
coverage-unsupported-language = Språket läses inte eller känns inte igen: { $n }
coverage-too-short = För korta, inget att läsa: { $n }
coverage-failed = Läsningen misslyckades: { $n }
coverage-truncated = Bara delvis lästa på grund av längden: { $n }
# $groups: antalet grupper som inte visas. $people: det minsta antalet personer som visas.
coverage-withheld = { $groups ->
        [one] En grupp visas
       *[other] { $groups } grupper visas
    } inte, eftersom färre än { $people } personer står bakom.
# Vad som hände med en källa. Blanda aldrig ihop dem.
state-heard = hörd
state-no-posts = svarade: inga inlägg
state-closed = stängd av plattformen
state-failed = svarade inte
state-not-asked = inte tillfrågad


## Stämning

mood-title = Stämning
mood-negative = Negativ
mood-neutral = Neutral
mood-positive = Positiv
mood-caption = Andelar av dagens stämning, n = { $n }
mood-legend = Den tunna linjen med ändar är intervallet på 95 %. Hela bredden är 100 %.
mood-legend-usual = Den tunna linjen med ändar är intervallet på 95 %. Den lodräta linjen är medelvärdet för de senaste 7 dagarna. Hela bredden är 100 %.
mood-no-posts = Det finns inga inlägg, och därför ingen stämning att berätta om.
mood-none-scored = Inget av inläggen gick att läsa (n = { $n }), och därför finns ingen stämning att berätta om.
mood-too-few-people = Stämningen visas inte: färre än { $people } personer skrev.
mood-no-baseline = Det finns inga tidigare dagar att jämföra med ännu.
# $reason: varför, till exempel "för få inlägg".
mood-withheld = Jämförs inte med de senaste { $window } dagarna: { $reason }.
mood-comparison-caption = Jämfört med de senaste { $window } dagarna ({ $days } går att jämföra)
mood-negative-share = Negativ
mood-balance = Balans: positiv minus negativ, i procentenheter
mood-change = { $verdict }: { $points }


## De senaste fyra veckorna

# $days: hur många dagar som är ritade.
weeks-mood-caption = Negativa och positiva inlägg, de senaste { $days } dagarna. Det bleka bandet är 95 %-intervallet.
# $low, $high: andelar med intervall; $low_day, $high_day: deras dagar.
weeks-mood-range = Den negativa andelen var lägst { $low_day }: { $low }. Högst var den { $high_day }: { $high }.
weeks-mood-gaps = { $days ->
        [one] En dag saknar
       *[other] { $days } dagar saknar
    } stämning. Där har kurvan en lucka.
weeks-volume-caption = Inlägg, de senaste { $days } dagarna
weeks-volume-top = Flest inlägg kom { $day }: { $n }.
weeks-volume-none = Ingen dag hördes.
weeks-volume-gaps = { $days ->
        [one] En dag
       *[other] { $days } dagar
    } hördes inte. Det är en lucka, inte en nolla.
weeks-today = Den här dagen
weeks-before = Dagarna före
weeks-missed = Hördes inte, eller inte hela dagen
weeks-table = Siffror per dag
weeks-no-mood = ingen stämning
weeks-not-heard = hördes inte
weeks-complete = fullständig
weeks-partial = delvis
weeks-no-data = inga data
# Ett nummer i diagrammet står för något som hände en dag. $day: dagen. $what: vad.
weeks-event = { $day }: { $what }
weeks-marks = Nummer: händelser, listade under stämningens kurva
# En serie som andra har mätt. $name: vad. $source: vem.
outside-caption = { $name }
outside-how = Mätt av andra ({ $source }). Den ritas bredvid stämningen och blandas aldrig med den.
outside-last = Senaste värde, { $day }: { $value }.
column-value = Värde


## Mängd

volume-title = När man skrev
volume-mean = Dagens inlägg: { $n }. Medelvärdet för de senaste 7 dagarna: { $mean } (jämförbara dagar: { $days }).
volume-caption = Inlägg per timme, { $timezone }
volume-negative = Sannolikast negativa (stapelns nedre del)
volume-other = Andra inlägg
volume-missed = Timmen hördes inte helt: inlägg kan saknas
# $from och $to: klockslag.
volume-top = Flest inlägg kom mellan kl. { $from } och { $to }: { $n }.
# $hours: timmar, efter när de börjar.
volume-holes = Timmarna som börjar kl. { $hours } hördes inte helt. En låg stapel betyder där inte att folk var tysta.
# $people: det minsta antalet personer.
volume-withheld = För timmar med färre än { $people } personer visas den negativa delen inte.
volume-not-shown = visas inte
volume-table = Siffror per timme


## Utöver det vanliga

spikes-title = Utöver det vanliga
finding-spike-volume = Fler inlägg än vanligt.
finding-spike-questions = Fler än vanligt frågar något.
finding-spike-narrative = Något som går runt sprider sig snabbare än vanligt.
# $today och $usual: färdigskrivna tal. $reason: meningarna i spikes-sum och spikes-since.
finding-spike-posts = Inlägg: { $today }; vanligen: { $usual }. { $reason }
finding-spike-people = Människor: { $today }; vanligen: { $usual }. { $reason }
# $sum: det som talar för en ökning, summerat. $threshold: gränsen för att flaggas.
spikes-sum = Tecken på ökning: { $sum }; gräns: { $threshold }.
# $since: dag och månad. $days: hur många tidigare dagar det jämförs med.
spikes-since = Ökningens början: { $since }; jämförda dagar: { $days }.
spikes-caption = Mer än vad veckorna innan ger anledning att vänta
spikes-what = Vad
spikes-today = I dag
spikes-usual = Vanligen
spikes-rule = Regel och tal
spikes-ears = EARS håller med
spikes-ears-none = ingen
spikes-volume = Inlägg
spikes-negative = Andel negativa inlägg
spikes-questions = Människor som frågar något
# $tag: en hashtagg.
spikes-tag = Människor som använder { $tag }
# Före svaret, eller att det inte finns något.
spikes-narrative = Människor som talar om ett rykte.
spikes-narratives = { $narratives ->
        [one] en berättelse
       *[other] { $narratives } berättelser
    }
# $n: hur många tal som jämfördes.
spikes-none = Inget är utöver det vanliga. { $n ->
        [one] Ett tal
       *[other] { $n } tal
    } jämfördes med veckorna innan.
spikes-counted = { $narratives ->
        [one] En berättelse som här bara räknas sprider sig
       *[other] { $narratives } berättelser som här bara räknas sprider sig
    } snabbare än vanligt.
spikes-how = Varje tal jämförs med högst { $window } tidigare dagar. Dagar som inte hördes lämnas utanför; de är inte nollor. Hänsyn tas till veckodagen. Det som talar för en ökning läggs ihop över { $memory } dagar, och en summa över { $threshold } flaggas. Även långsam tillväxt under flera veckor kan flaggas. EARS är tre kända regler som ser på de sju dagarna innan (C1, C2, C3). De står bredvid och flaggar inget.
# $n: hur många tal som jämfördes. $each: dagar till ett falskt larm för ett tal; $days: för alla.
spikes-chance = Slumpen flaggar ett tal högst ungefär en lugn dag av { $each }. { $n ->
        [one] Ett tal jämfördes
       *[other] { $n } tal jämfördes
    }, så vänta högst ungefär ett falskt larm { $days ->
        [one] om dagen
       *[other] på { $days } dagar
    }.
# $what: det som inte bedöms, uppräknat.
spikes-not-heard = Inte bedömt, för i dag hördes för lite: { $what }. Det betyder inte att allt är lugnt.
spikes-too-few-people = Inte bedömt, för för få människor står bakom: { $what }.
# $needed: hur många tidigare dagar som behövs.
spikes-too-few-days = Inte bedömt än, för färre än { $needed } tidigare dagar kan jämföras: { $what }. Det betyder inte att allt är lugnt.


## Språk, hashtaggar, källor

groups-title = Språk, hashtaggar, källor
groups-how = Jämför intervallen, inte talen. Där två intervall går in i varandra finns det kanske ingen skillnad.
groups-by-language = Efter språk
groups-by-hashtag = Efter hashtagg
groups-by-source = Efter källa
groups-whole-day = Hela dagen
groups-more-negative = mer negativ än hela dagen
groups-more = { $groups ->
        [one] En rad till finns
       *[other] { $groups } rader till finns
    } i report.json och i tabellerna.


## Vad som behöver kontrolleras

checking-title = Vad som behöver kontrolleras
needs-checking = Behöver troligen kontrolleras
checking-share = { $share } av inläggen som gick att läsa behöver troligen kontrolleras; n = { $n }.
# $verdict: "Uppåt", "Ingen verklig förändring" …
checking-change = { $verdict } jämfört med de senaste 7 dagarna (medelvärde { $mean }): { $points }.
checking-none = För den här dagen finns ingen uppskattning av vad som behöver kontrolleras.
checking-how = ”Behöver troligen kontrolleras” betyder att en modell ger sannolikheten { $threshold } eller mer. Det är ett skäl att titta, inte en dom. Kontrollera innan du svarar. När du rättar ett rykte, upprepa det inte.
checking-no-repeated = Ingen text visas, eftersom ingen kom från tillräckligt många olika personer.
# $texts: hur många texter.
checking-not-repeated = { $texts ->
        [one] Flera personer har publicerat en text som troligen behöver kontrolleras eller upprepar ett rykte. Den upprepas inte här.
       *[other] Flera personer har publicerat texter som troligen behöver kontrolleras eller upprepar ett rykte: { $texts }. De upprepas inte här.
    }
checking-repeated-caption = Andra texter som flest personer har publicerat, utan namn
checking-unlikely = { $probability } – under gränsen
# $full: vad stapelns hela bredd betyder.
checking-by-hashtag = Behöver troligen kontrolleras, efter hashtagg (staplarnas hela bredd: { $full })


## Berättelser och rykten

rumours-title = Berättelser och rykten
rumours-how = Svaret kommer först. Dela svaret, inte ryktet. Här nämns ingen vid namn, och inga inlägg visas eller länkas.
rumours-none = Den här dagen spreds inget som bör berättas bland tillräckligt många.
rumours-not-searched = Den här dagen har inte genomsökts efter rykten och frågor. Det betyder inte att det inte fanns några.
# $about: ett ämne som under "Ämnen", eller typiska ord.
rumours-no-answer = Inget svar ännu: { $about }
# $host: vems sida det är.
rumours-answer-elsewhere = Besvarat av { $host }: { $about }
rumours-risk = Risk: { $risk }
rumours-risk-by-person = Risk: { $risk } (en person har bestämt risk eller nivå)
rumours-claimed = Vad som sprids
rumours-words = Typiska ord
rumours-checked = Granskat
# $publisher: webbplatsen för dem som granskade.
rumours-checked-by = Granskat av { $publisher }
rumours-level = Vad man kan göra
# $level: vad man kan göra, som nedan.
rumours-find-answer = Ta först reda på svaret. { $level }
rumours-action = Vad som görs
rumours-result = Vad det ledde till
rumours-link = Hela svaret
rumours-posts = Inlägg
rumours-posts-texts = { $n }, med { $texts ->
        [one] en enda formulering
       *[other] { $texts } olika formuleringar
    }
rumours-people = Personer
rumours-people-note = { $people }, som om { $effective } personer hade skrivit lika ofta
rumours-stances = Vad inläggen gör
rumours-stance-counts = upprepar det { $repeats }, säger emot det { $rebuts }, tar inte ställning { $mentions }
# $share: av inläggen som tar ställning.
rumours-rebut-share = { $share } av dem som tar ställning säger emot
rumours-trend-label = Utveckling
# $trend: som nedan. $pace: en av de två följande.
rumours-trend = { $trend }, { $pace }
# $ratio: inlägg i dag för varje inlägg en av dess tidigare dagar. $interval: dess intervall på 95 %.
rumours-velocity = { $ratio } gånger så många inlägg som en tidigare dag ({ $interval })
rumours-velocity-least = minst { $low } gånger så många inlägg som en tidigare dag
rumours-first-seen = Sågs först
rumours-sources = Var
rumours-langs = Språk
# $list: de största, vid namn. $more: hur många som inte nämns.
rumours-and-more = { $list } och { $more } till
rumours-status = Läge
# $who: en persons kod. $day: ett datum.
rumours-decided = { $status } (av { $who }, { $day })
rumours-decided-by = { $status } (av { $who })
rumours-history = Inlägg som inte säger emot det under de senaste { $days } dagarna, i dag i mörkt; flest { $day }: { $n }.
rumours-history-gaps = { $days ->
        [one] En dag hördes inte och är tom.
       *[other] { $days } dagar hördes inte och är tomma.
    }
# $n: inlägg i dag. $trend: som nedan.
rumours-multiple = i dag { $n }, { $trend }
# $rules: reglerna med sina tal.
rumours-because = Regler som avgjorde: { $rules }.
rumours-more = { $lines ->
        [one] Ett till finns
       *[other] { $lines } till finns
    } i report.json.
rumours-ignored = { $lines ->
        [one] Ett till med liten spridning följs
       *[other] { $lines } till med liten spridning följs
    } men berättas inte här. Att berätta vad få har hört skulle sprida det.
rumours-withheld = { $lines ->
        [one] Ett rykte eller en fråga visas
       *[other] { $lines } rykten och frågor visas
    } inte, eftersom färre än { $people } personer står bakom.
rumours-rules = Risken räknas ut med fasta regler. De frågar hur många som publicerar ryktet, hur det sprids och om det växer. De frågar också vad de som granskade det har kommit fram till. Många som säger emot sänker risken. Det som en person har bestämt går före reglerna. Gränserna är: { $rules }.
# En regel med sin gräns; ett tal och gränsen som det jämfördes med.
rule-value = { $name }: { $value }
rule-held-against = { $name }: { $value } (regel: { $threshold })
# Regler så som risk.toml kallar dem, sedan vad de mäter och finner. Ett namn utan rad här visas som det är.
rule-circulating-posts = sprids från inlägg
rule-circulating-people = sprids från personer
rule-wide-people = mycket spritt från personer
rule-wide-effective-authors = mycket spritt från lika aktiva personer
rule-wide-signs = tecken på att det är mycket spritt, av fem
rule-wide-share-of-day = tecken: andel av dagens inlägg
rule-wide-sources = tecken: källor
rule-wide-langs = tecken: språk
rule-wide-unique-texts = tecken: olika formuleringar
rule-wide-days-alive = tecken: dagar sedan det först sågs
rule-threat-little-below = litet hot under medelsannolikheten
rule-threat-serious-from = allvarligt hot från medelsannolikheten
rule-growth-days = dagar som behövs för att jämföra
rule-growth-rising = ökar över gånger
rule-growth-falling = minskar under gånger
rule-growth-or-share-of-day = hög utan ökning från en andel av dagens inlägg på
rule-rebuttals-share = sänks från en andel som säger emot på
rule-days = tidigare dagar som hördes
rule-rising = gånger en tidigare dags inlägg
rule-falling = gånger en tidigare dags inlägg
rule-little-below = medelsannolikhet att det behöver kontrolleras
rule-serious-from = medelsannolikhet att det behöver kontrolleras
rule-or-share-of-day = andel av dagens inlägg
rule-share = andel som säger emot
rule-posts = inlägg
rule-people = personer
rule-effective-authors = lika aktiva personer
rule-signs = tecken på att det är mycket spritt
rule-share-of-day = andel av dagens inlägg
rule-sources = källor
rule-langs = språk
rule-unique-texts = olika formuleringar
rule-days-alive = dagar sedan det först sågs
rule-rebut-share = andel som säger emot
rule-velocity = gånger en tidigare dags inlägg, minst
rule-needs-checking = medelsannolikhet att det behöver kontrolleras
rule-verdict = hot enligt bedömningen
rule-little = litet
rule-some = visst
rule-serious = allvarligt
rule-narrow = få har hört det
rule-circulates = det sprids
rule-wide = det är mycket spritt
rule-not-wide = det är inte mycket spritt
rule-new = det är nytt, dagar
rule-rises = det ökar, minst gånger
rule-does-not-grow = det är inte säkert att det ökar
rule-overwhelms = andel av dagens inlägg, även utan ökning
rule-rebutted = andelen som säger emot sänker den
rule-doubtful = inläggen behöver för det mesta kontrolleras
rule-seldom-doubtful = inläggen behöver sällan kontrolleras
rule-other-topic = ämnet rör inga hälsoval
rule-answered = det finns ett svar
rule-unanswered = det finns inget svar ännu
rule-cause = ursprung och spridning
rule-illness = sjukdomen
rule-treatment = förebyggande, vård, vacciner
rule-intervention = åtgärder och regler
rule-information = information och dess källor
risk-high = hög
risk-medium = medelhög
risk-low = låg
# Vad som föreslås, och vad det betyder.
level-direct = Svara öppet: säg klart hur det är. Nämn ryktet högst en gång.
level-passive = Ha svaret färdigt och publicera det utan att nämna ryktet.
level-ignore = Gör inget som gör det mer känt.
level-word-direct = svara öppet
level-word-passive = svara utan att nämna det
level-word-ignore = låt det vara
trend-new = nytt
trend-rising = ökar
trend-steady = oförändrat
trend-falling = minskar
trend-unclear = oklart, för lite hördes
status-open = öppet
status-answered = besvarat
status-closed = avslutat
# Vad granskarna har kommit fram till. En bedömning utan rad här visas med deras egna ord.
checked-true = sant
checked-mostly-true = i huvudsak sant
checked-mixed = delvis sant, delvis falskt
checked-mostly-false = i huvudsak falskt
checked-false = falskt
checked-unproven = inte bevisat
checked-satire = satir
# Ämnen
topic-cause = ursprung och spridning
topic-illness = sjukdomen
topic-treatment = förebyggande, vård, vacciner
topic-intervention = åtgärder och regler
topic-information = information och dess källor
topic-none = inte sorterat ännu
# Vem som bestämde, när det inte var en person.
who-rules = reglerna


## Frågor och informationsluckor

voids-title = Frågor och informationsluckor
voids-how = En informationslucka är en fråga som varken ett känt faktum eller ett myndighetsbesked svarar på. Rykten växer där, så svara först på dem.
voids-all-answered = Varje fråga som tillräckligt många ställer har ett svar. Gör det lättare att hitta.
voids-no-questions = Ingen fråga visas, eftersom ingen ställdes av tillräckligt många.
voids-open = Inte besvarade ännu
voids-likely = Det kan finnas ett svar: kontrollera att det passar
voids-answered = Det finns ett svar
voids-nobody = Ingen har svarat på det ännu.
voids-answered-elsewhere = Det finns ett svar:
voids-no-words = (inga typiska ord)
voids-more = { $questions ->
        [one] En till finns
       *[other] { $questions } till finns
    } i report.json.


## Ändringar i ryktesloggen

changes-title = Ändringar i ryktesloggen
changes-none = Inget har öppnats, ändrats eller avslutats i dag.
changes-counts = Öppnade: { $opened }. Ändrade: { $changed }. Avslutade: { $closed }.
changes-caption = Vad som har ändrats, efter det svar som det gäller
changes-field = { $field }: { $what }
changes-from-to = { $before } → { $after }
changes-taken-away = { $before } → inget
changes-more = { $changes ->
        [one] En ändring till finns
       *[other] { $changes } ändringar till finns
    } i report.json.
changes-ignored = { $changes ->
        [one] En ändring gäller
       *[other] { $changes } ändringar gäller
    } sådant som är lite spritt. Här berättas bara antalet.
change-opened = öppnat
change-status = läge
change-risk = risk
change-level = vad man kan göra
change-action = åtgärd
change-result = resultat
change-verdict = bedömning
change-withdrawn = återtaget


## Ämnen, hashtaggar på väg upp

topics-title = Ämnen
topics-how = Vad dagens rykten, berättelser och frågor handlar om. Ett inlägg som rör två av dem räknas två gånger. De flesta rör inget av dem.
topics-caption = Efter ämne
tags-title = Hashtaggar på väg upp
tags-how = De här växer bredvid era hashtaggar och följs inte. Ingenting läggs till av sig självt: ni bestämmer.
tags-caption = Följs inte ännu


## Vid sidan av talen: nya versioner, åtgärder och veckans sida

# Vad en ny version av en dag ändrade. $what: några av de följande, med "; " emellan.
revision-line = Version { $revision } av denna dag: { $what }.
# $n: hur många inlägg fler, eller färre, än i versionen före.
revision-late-posts = { $n ->
        [one] ett sent inlägg
       *[other] { $n } sena inlägg
    }
revision-fewer-posts = { $n ->
        [one] ett inlägg färre
       *[other] { $n } inlägg färre
    }
revision-edits = inlägg redigerades
revision-claims = inlägg jämfördes med andra påståenden
revision-coverage = man vet mer om vad som hördes
revision-reviews = människor läste igenom dagens inlägg
revision-model = en annan modell läste inläggen
revision-settings = inställningarna ändrades
revision-days-before = dagarna som den jämförs med ändrades
# $before, $after: andelar i hela procent.
revision-negative = andelen negativa { $before } → { $after }
revision-negative-still = andelen negativa fortfarande { $share }
# $files: vad som skulle ha stått på denna sida, som i de tre följande.
header-unread = Saknas på denna sida, eftersom filen inte kunde läsas: { $files }.
beside-events = händelserna
beside-outside = det som andra har mätt
beside-actions = listan över åtgärder
actions-title = Vad som görs
# $open: pågående åtgärder. $late: försenade av dem. $closed: gjorda eller nedlagda.
actions-counts = Pågår: { $open }, varav försenade: { $late }. Gjorda eller nedlagda: { $closed }.
actions-none = Listan är tom: ingenting pågår och ingenting är gjort.
# $day: ett datum. Rubrikerna för fem tabeller.
actions-late = Försenade: inte gjorda senast { $day }
actions-due-next = Ska vara klara { $day }
actions-opened = Nyss beslutade
actions-closed = Gjorda eller nedlagda
actions-open = Pågår
actions-no-due = inget datum
actions-more = { $actions ->
        [one] En till finns
       *[other] { $actions } till finns
    } i report.json.
actions-counted = { $actions ->
        [one] En åtgärd till gäller
       *[other] { $actions } åtgärder till gäller
    } sådant som har spritts litet, och bara antalet anges.
action-open = inte påbörjad
action-doing = påbörjad
action-done = gjord
action-dropped = nedlagd
column-action = Vad
column-owner = Vem
column-due = Senast
column-note = Hur det går
column-day = Dag
column-days = Dagar
column-days-by-state = Dagar
column-heard = Hört
column-risk = Risk
column-level = Vad man ska göra
column-this-week = Denna vecka
column-week-before = Veckan före
week-title = Veckobulletin om den allmänna stämningen
# Webbläsarfönstrets titel. $week: som i följande.
week-page-title = Den allmänna stämningen, { $week }
week-name = vecka { $number }/{ $year }
week-days = { $from } – { $upto }
week-heard = Dagar som hördes i sin helhet: { $whole }. Delvis: { $part }. Inte alls: { $none }.
week-posts = Inlägg: { $n }. Medeltal för en dag som hördes: { $mean }. Dagar som inte hördes räknas inte.
week-posts-before = Veckan före, inlägg per dag: { $mean }.
week-mood-title = Veckans stämning
week-mood-caption = { $days ->
        [one] Den enda dag som kan jämföras
       *[other] Medeltal för de { $days } dagar som kan jämföras
    }, n = { $n }
week-no-mood = Ingen dag denna vecka har tillräckligt många inlägg för att säga något om stämningen.
# $reason: en av de fyra följande.
week-not-compared = Jämförs inte med veckan före: { $reason }.
week-no-week-before = det finns ännu ingen vecka före
week-too-few-days = för få dagar denna vecka kan jämföras
week-too-few-days-before = för få dagar veckan före kan jämföras
week-other-model = veckan före lästes av en annan modell
week-daily = Dag för dag
week-day-whole = i sin helhet
week-day-part = delvis
week-day-quiet = i sin helhet: inga inlägg
week-day-none = inte hörd
week-day-no-record = ingen uppgift
week-day-other-model = läst av en annan modell
week-day-left-out = inte med i medeltalet: { $reason }
week-corrected = Människor har läst igenom inlägg från vissa dagar. Här står alla dagar så som modellen läser dem, för att de ska kunna jämföras.
week-not-searched = Ingen dag denna vecka genomsöktes efter rykten och frågor. Det betyder inte att det inte fanns några.
week-rumours-none = Ingenting som bör berättas spreds bland tillräckligt många denna vecka.
week-rumours-how = Varje rad säger vad man visste den sista dagen då saken hördes. Svaret står först: dela svaret, inte ryktet.
week-rumours-caption = Vad som spreds, enligt svaret
week-rumours-withheld = Vissa dagar visas inte rykten eller frågor, eftersom färre än { $people } personer står bakom.
week-decided-title = Vad som beslutades
week-decided-none = Ingenting öppnades, ändrades eller stängdes i rykteslistan denna vecka.
week-coverage-caption = Källor denna vecka
week-no-record = Det finns ingen uppgift om vad som frågades denna vecka.
week-method-mean = En veckas andel är medeltalet av dess dagar. Dagar med för få inlägg och dagar som hördes för litet är inte med.
week-method-change = Två veckor kallas olika bara om skillnadens intervall inte innehåller noll.
# $week: som i 2020-W11.
week-method-again = Samma data och inställningar ger samma sida igen, byte för byte: polso report --week { $week }
week-method-data = Data för { $day }


## Webbplatser

sites-title = Webbplatser som folk länkade till
sites-caption = Webbplatser efter antalet personer
sites-how = Hela adresser är utelämnade med avsikt. En del av dem leder till det som sprids.


## Hur bra etiketterna är

quality-title = Hur bra etiketterna är
quality-none = Ingen har ännu granskat ett stickprov från den här tiden. Därför vet man inte hur ofta etiketterna stämmer här. ”polso review sample” drar ett stickprov.
# $since, $upto: datum.
quality-how = Människor har granskat ett stickprov av inlägg från { $since } till { $upto }. Inom parentes: intervallet där det verkliga värdet med stor sannolikhet ligger (95 %).
quality-terms = Kappa säger hur väl två bedömningar stämmer överens utöver slumpen. 0 är inte bättre än slumpen, 1 betyder alltid. Där granskarna knappt är överens sinsemellan kan ingen modell ha rätt.
quality-too-few = för få
quality-no-kappa = –
task-sentiment = Stämning
task-needs-checking = Behöver kontrolleras
task-question = Frågor
task-stance = Upprepar eller säger emot
# Etiketter efter namn. En etikett utan rad här visas som den är.
label-all = Alla etiketter
label-negative = negativ
label-neutral = neutral
label-positive = positiv
label-yes = ja
label-no = nej
label-repeats = upprepar det
label-rebuts = säger emot det
label-mentions = tar inte ställning
withheld-too-few-authors = för få människor skrev
mood-counts-texts = Varje olik text räknas en gång här, hur ofta den än kopierades.
mood-counts-authors = Varje människa räknas en gång här, hur mycket hon än skrev.
method-change-none = En förändring kallas så bara om skillnadens intervall inte innehåller noll. Om inläggen, människorna eller timmarna som hördes är för få jämförs ingenting: så är det i dag.
method-more = Metoden, med sina prov och sina gränser, beskrivs i projektet, i docs/method.md.


## Metod och gränser

method-title = Metod och gränser
method-limits-heading = Vad den här rapporten inte kan säga
method-not-a-poll = Det är ingen opinionsmätning. Rapporten handlar om dem som skrev offentligt under de här hashtaggarna, inte om befolkningen.
method-not-heard = De som inte finns på de här plattformarna, skriver i slutna grupper eller bara läser hörs inte. Vissa åldersgrupper och orter syns också sällan där.
method-not-false = Rapporten säger aldrig av sig själv att något är falskt. Den säger vad någon borde kontrollera. Där en bedömning finns står det vem som har granskat.
method-languages = Bara språk som modellen har lärt sig läses. De andra räknas under ”Vad som hördes”.
method-how-heading = Hur siffrorna kommer till
# $tags: hashtaggarna som följs.
method-what = Offentliga inlägg har lästs, varje inlägg en gång. Hashtaggar: { $tags }.
method-what-any = Alla offentliga inlägg som har samlats in eller förts in för den här dagen har lästs, varje inlägg en gång.
method-shares = Modellen ger varje inlägg en sannolikhet att vara negativt, neutralt och positivt. Andelarna skattas ur dessa sannolikheter och ur inlägg vars stämning redan är känd, språk för språk. Etiketter räknas inte.
method-interval = Intervallet (95 %) säger hur fel en andel kan vara. Skälen är två: just de här människorna skrev, och de inlägg vars stämning är känd är få. För att hitta det drar man människor och kända inlägg om och om igen. Det omfattar inte nya sätt att säga saker, som modellen aldrig har sett.
method-rounding = Andelar skrivs så noga som intervallet tillåter. Om intervallet når en procentenhet eller mer åt båda hållen skrivs heltal, annars en decimal. Därför kan en summa avvika med ett.
# $comparisons: jämförelserna på sidan.
method-change = En förändring kallas så bara om skillnadens intervall inte innehåller noll. Intervallet är bredare ju fler jämförelser sidan gör: här { $comparisons }. Om inläggen, människorna eller timmarna som hördes är för få jämförs ingenting.
method-threshold = ”Behöver troligen kontrolleras” börjar vid sannolikheten { $threshold }.
method-bottom-line = Fasta regler väljer meningarna under ”I korthet”, högst tre. Först kommer luckor, sedan rykten som ska besvaras öppet, sedan förändringar. Sist kommer det som ingen har svarat på, och texter och grupper som sticker ut.
method-privacy-heading = Människor
method-withheld = Grupper med färre än { $people } personer visas inte.
method-never-stored = Sparas aldrig: namn, användarnamn, adresser, telefonnummer, länkar till profiler. Konton blir tal. De går inte att återställa utan en hemlig nyckel.
method-again = Samma data och inställningar ger den här sidan igen, byte för byte: polso report --day { $day }
method-query = Sökning
method-model = Modell
method-estimate = Uppskattning
method-config-hash = Fingeravtryck av inställningarna
method-data-hash = Fingeravtryck av data


## Data

annex-title = Data bakom den här sidan
annex-caption = Filer och var de finns i datamappen
annex-report = varje siffra på den här sidan
annex-measures = andelar, antal och intervall som tabell
annex-summary = hela sammandraget av dagen
annex-observations = en rad per inlägg, utan namn
annex-ledger = vad som frågades och hördes, timme för timme
annex-in-file = står i filen


## Vad som berättas per e-post och i chattar

# Ämnesrader. $day: datum. $revision: 2 för den första rättelsen, och så vidare.
tell-report = Stämningen bland allmänheten, { $day }
tell-report-partial = Stämningen bland allmänheten, { $day }: en del av dagen hördes inte
tell-report-no-data = Stämningen bland allmänheten, { $day }: inga uppgifter
tell-revision = Stämningen bland allmänheten, { $day }, rättad: version { $revision }
# $what: vad som är utöver det vanliga.
tell-spike = Mer än vanligt: { $what }
tell-spike-numbers = I dag { $today }, vanligen { $usual }.
tell-failed = Ingen ny rapport: { $day }
tell-failed-kept = Körningen misslyckades. Rapporterna för andra dagar är oförändrade.
# Före ett meddelande från programmet, på engelska.
tell-failed-why = Till den som sköter polso:
tell-test = Ett test: meddelanden från polso kommer fram hit
tell-test-line = Ingenting har hänt. Någon prövade om meddelanden kommer fram.
tell-see = Läs hela sidan
tell-foot = Skickat av polso. Meddelandet innehåller bara publicerade siffror och inga namn. Ingen läser svar på det.


## Tabellernas kolumner

column-read = Lästa inlägg
column-topic = Ämne
column-rumours = Rykten
column-rumour-posts = Inlägg om dem
column-questions = Frågor
column-asking-posts = Inlägg som frågar
column-usual-posts = Vanligen per dag
column-file = Fil
column-contents = Innehåll
column-schema = Schema
column-source = Källa
column-state = Läge
column-kept = Sparade inlägg
column-answered = Svar
column-missed = Inte hört
column-set-aside = Lagda åt sidan
column-measure = Andel
column-today = I dag
column-mean = Medelvärde
column-verdict = Skillnad
column-hour = Timme
column-posts = Inlägg
column-negative-posts = Sannolikast negativa
column-language = Språk
column-hashtag = Hashtagg
column-negative = Negativ
column-positive = Positiv
column-people = Personer
column-text = Text
column-checking = Behöver troligen kontrolleras
column-site = Webbplats
column-question = Vad folk frågar, med typiska ord
column-answer = Svar
column-trend = Utveckling
column-about = Gäller
column-change = Ändring
column-who = Vem
column-label = Etikett
column-reviewed = Granskade
column-precision = Rätt där modellen säger så (precision)
column-recall = Funna av alla som finns (täckning)
column-kappa = Modellen mot människor (kappa)
column-reviewers = Granskarna sinsemellan (kappa)


## Språk efter kod. En kod utan rad här visas som den är.

lang-it = italienska
lang-en = engelska
lang-fi = finska
lang-sv = svenska
lang-de = tyska
lang-fr = franska
lang-es = spanska
lang-pt = portugisiska
lang-nl = nederländska
lang-da = danska
lang-et = estniska
lang-ca = katalanska
lang-pl = polska
lang-ro = rumänska
lang-all = alla språk
lang-und = inte igenkänt
