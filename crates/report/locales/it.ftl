# Il bollettino in italiano.
#
# Prima di un numero niente articoli: "ai { $n } post" diventerebbe "ai 8 post". Meglio "post: { $n }".
# Si può cambiare ogni testo dopo il primo "=" di una riga. Vanno lasciati il nome prima di "=" e i nomi tra
# { $parentesi }: li riempie il programma. Un testo può continuare su più righe se le seguenti sono rientrate.
# { $n -> [one] … *[other] … } sceglie il testo secondo il numero: tenere la forma, cambiare le parole.
# Gli stessi nomi devono stare in it.ftl, en.ftl e fi.ftl: un test li confronta.


## La pagina

# Titolo della finestra del browser. $day: la data.
page-title = Umore pubblico, { $day }
page-skip = Vai al contenuto
page-footer = Prodotto da polso a partire da post pubblici. Non è un sondaggio, non è una verifica dei fatti, non riguarda singole persone.


## Intestazione

header-title = Bollettino quotidiano dell’umore pubblico
header-number = Numero
header-timezone = Fuso orario
header-tracked = Seguiti
header-data = Dati
# $revision: 2 per la prima correzione, e così via.
header-revised = Questa è la versione { $revision } del giorno: post arrivati tardi, modificati o cancellati hanno cambiato i numeri.
banner-seeds = Dimostrazione: questi post sono sintetici. Non li ha scritti nessuno.
status-complete = Completo: ogni fonte ha risposto per tutto il giorno.
status-partial = Parziale: una parte del giorno non è stata ascoltata. Vedi «Che cosa si è sentito».
status-no-data = Nessun dato: non è arrivato neanche un post.


## In breve: le regole che scelgono queste frasi sono in src/findings.rs

bottom-line-title = In breve
# Collegamento alla fine di una frase. $section: titolo di una sezione.
finding-see = Vedi «{ $section }»
finding-no-posts = Neanche un post.
finding-no-posts-evidence = Tutte le fonti hanno risposto e non avevano nulla: un giorno silenzioso, non un guasto.
finding-no-data = Di questo giorno non si può dire nulla.
finding-no-data-evidence = Le fonti non sono state ascoltate, e il silenzio non è calma.
# $state: che cosa è successo alla fonte, come sotto "Copertura". $time: per quanto è mancata.
finding-silent-source = { $source } ({ $state }, { $time })
# $sources: le fonti mute, come sopra.
finding-partial = Non si è sentito tutto.
finding-partial-evidence = Mancano, almeno in parte: { $sources }. I numeri poggiano sui post arrivati: { $n }.
# $share, $mean: percentuali. $points: una differenza con il suo intervallo.
finding-negative-up = Umore più negativo che negli ultimi 7 giorni.
finding-negative-down = Umore meno negativo che negli ultimi 7 giorni.
finding-negative-evidence = Post negativi: { $share }; la media era { $mean }. Variazione: { $points }; n = { $n }.
finding-checking-up = Più post probabilmente da verificare che negli ultimi 7 giorni.
finding-checking-up-evidence = { $share }, la media era { $mean }. Variazione: { $points }; n = { $n }.
finding-checking-high = Molti post sono probabilmente da verificare.
finding-checking-high-evidence = { $share }, chiaramente sopra { $high }; n = { $n }.
# $people hanno pubblicato lo stesso testo, $n volte in tutto. $probability: che sia da verificare.
finding-repeated = Circola un testo probabilmente da verificare.
finding-repeated-evidence = Pubblicato da { $people } persone, { $n } volte in tutto; probabilità: { $probability }.
# $name: una lingua.
finding-language = Una lingua è chiaramente più negativa: { $name }.
# $name: un hashtag.
finding-hashtag = Un hashtag è chiaramente più negativo: { $name }.
# $share: la quota al suo interno. $whole: la quota di tutto il giorno.
finding-group-evidence = Post negativi: { $share }; in tutto il giorno { $whole }; n = { $n }.
finding-no-mood = Nessun umore per oggi.
finding-nothing = Niente di insolito.
finding-nothing-evidence = Nessuna regola ha trovato un cambiamento, un testo o un gruppo che spicca; n = { $n }.


## Cifre principali

figures-title = Cifre principali
figures-posts = Post
# $texts: quanti testi diversi.
figures-posts-note = { $texts ->
        [one] un solo testo diverso
       *[other] { $texts } testi diversi
    }
figures-people = Persone
# $effective: un numero già scritto.
figures-people-note = pesano come { $effective } ugualmente attive
figures-interval = intervallo { $interval }
figures-change = Quota negativa rispetto agli ultimi 7 giorni
figures-n = Le quote si riferiscono ai post che è stato possibile leggere: { $n }. L’intervallo indica dove la quota vera sta con ogni probabilità (95 %).


## Quote, variazioni e date

# Tra i due numeri di un intervallo.
interval = { $low }–{ $high }
# Differenza tra quote con il suo intervallo.
points = { $difference } punti (da { $low } a { $high })
verdict-up = In aumento
verdict-down = In calo
verdict-no-real-change = Nessun cambiamento reale
verdict-withheld = Nessun confronto
# $days: giorni confrontabili, su $window.
withheld-too-few-days = giorni confrontabili: solo { $days ->
        [one] uno
       *[other] { $days }
    } su { $window }
withheld-too-few-posts = troppo pochi post
withheld-low-coverage = una parte troppo grande del giorno non è stata ascoltata
withheld-other-model = i giorni precedenti sono stati letti da un altro modello
withheld-no-days = non ci sono ancora giorni precedenti
date = { $weekday } { $day ->
        [1] 1º
       *[other] { $day }
    } { $month } { $year }
weekday-1 = lunedì
weekday-2 = martedì
weekday-3 = mercoledì
weekday-4 = giovedì
weekday-5 = venerdì
weekday-6 = sabato
weekday-7 = domenica
month-1 = gennaio
month-2 = febbraio
month-3 = marzo
month-4 = aprile
month-5 = maggio
month-6 = giugno
month-7 = luglio
month-8 = agosto
month-9 = settembre
month-10 = ottobre
month-11 = novembre
month-12 = dicembre
# Nelle celle strette delle tabelle.
time-minutes = { $minutes } min
time-hours = { $hours } h
time-hours-minutes = { $hours } h { $minutes } min
not-scored = non letto


## Copertura

coverage-title = Che cosa si è sentito
coverage-caption = Le fonti di questo giorno
coverage-no-record = Non c’è traccia di che cosa sia stato chiesto in questo giorno.
coverage-answered-of = { $answered } su { $asked }
coverage-scored = Post che è stato possibile leggere: { $scored } su { $n } ({ $share }). Quelli non letti sono contati qui e mai indovinati.
coverage-unsupported-language = Lingua non letta o non riconosciuta: { $n }
coverage-too-short = Troppo brevi, nulla da leggere: { $n }
coverage-failed = Lettura non riuscita: { $n }
coverage-truncated = Letti solo in parte perché lunghi: { $n }
# $groups: gruppi non mostrati. $people: il minimo di persone per essere mostrati.
coverage-suggested = In crescita accanto ai vostri hashtag e non seguiti. Nulla viene mai aggiunto da solo.
coverage-suggested-tag = { $tag }: { $n } post di { $people } persone; di solito { $usual } al giorno
coverage-withheld = { $groups ->
        [one] Un gruppo non è mostrato perché raccoglie
       *[other] { $groups } gruppi non sono mostrati perché raccolgono
    } meno di { $people } persone.
# Che cosa è successo a una fonte. Da non confondere mai.
state-heard = ascoltata
state-no-posts = ha risposto: nessun post
state-closed = chiusa dalla piattaforma
state-failed = non ha risposto
state-not-asked = non interrogata


## Umore

mood-title = Umore
mood-negative = Negativo
mood-neutral = Neutro
mood-positive = Positivo
mood-caption = Quote dell’umore del giorno, n = { $n }
mood-legend = La linea sottile con le estremità è l’intervallo al 95 %. Tutta la larghezza è il 100 %.
mood-legend-usual = La linea sottile con le estremità è l’intervallo al 95 %; la linea verticale è la media degli ultimi 7 giorni. Tutta la larghezza è il 100 %.
mood-no-posts = Non ci sono post, quindi nessun umore da riferire.
mood-none-scored = Nessun post è stato letto (n = { $n }), quindi nessun umore da riferire.
mood-too-few-people = L’umore non è mostrato: hanno pubblicato meno di { $people } persone.
mood-no-baseline = Non ci sono ancora giorni precedenti con cui fare un confronto.
# $reason: il perché, per esempio "troppo pochi post".
mood-withheld = Nessun confronto con gli ultimi { $window } giorni ({ $reason }).
mood-comparison-caption = Rispetto agli ultimi { $window } giorni (confrontabili: { $days })
mood-negative-share = Negativo
mood-balance = Saldo: positivo meno negativo, in punti
mood-change = { $verdict }: { $points }


## Volume

volume-title = Quando si è pubblicato
volume-mean = Post del giorno: { $n }; media degli ultimi 7 giorni: { $mean } (giorni confrontabili: { $days }).
volume-caption = Post per ora, { $timezone }
volume-negative = Più probabilmente negativi (parte bassa della barra)
volume-other = Altri post
volume-missed = Ora non ascoltata per intero: possono mancare post
# $from e $to: ore del giorno.
volume-top = La maggior parte dei post è arrivata tra le { $from } e le { $to }: { $n }.
# $hours: ore, indicate dal loro inizio.
volume-holes = Non ascoltate per intero le ore che iniziano alle { $hours }: lì una barra bassa non significa che la gente taceva.
# $people: il numero minimo di persone.
volume-withheld = Nelle ore con meno di { $people } persone la parte negativa non è mostrata.
volume-not-shown = non mostrati
volume-table = Le cifre ora per ora


## Lingue, hashtag, fonti

groups-title = Lingue, hashtag, fonti
groups-how = Confrontare gli intervalli, non i numeri: dove si sovrappongono, può non esserci differenza.
groups-by-language = Per lingua
groups-by-hashtag = Per hashtag
groups-by-source = Per fonte
groups-whole-day = Tutto il giorno
groups-more-negative = più negativo di tutto il giorno
groups-more = { $groups ->
        [one] Un’altra riga è
       *[other] Altre { $groups } righe sono
    } in report.json e nelle tabelle.


## Che cosa verificare

checking-title = Che cosa verificare
needs-checking = Probabilmente da verificare
checking-share = Post probabilmente da verificare, tra quelli letti: { $share }; n = { $n }.
# $verdict: "In aumento", "Nessun cambiamento reale" …
checking-change = { $verdict } rispetto agli ultimi 7 giorni (media { $mean }): { $points }.
checking-none = Per questo giorno non c’è una stima di che cosa verificare.
checking-how = «Probabilmente da verificare» significa che un modello dà una probabilità di { $threshold } o più. È un motivo per guardare, non una sentenza: verificare prima di rispondere, e correggendo una voce non ripeterla.
checking-no-repeated = Nessun testo è stato pubblicato da abbastanza persone diverse per essere mostrato.
checking-repeated-caption = I testi pubblicati da più persone, senza nomi
checking-likely = { $probability } – probabilmente da verificare
checking-unlikely = { $probability } – sotto la soglia
# $full: quanto vale tutta la larghezza di una barra.
checking-by-hashtag = Probabilmente da verificare, per hashtag (tutta la larghezza delle barre: { $full })


## Link

links-title = I link più condivisi
links-caption = Link per numero di persone
links-how = Mostrati apposta come testo: essere condivisi qui non significa essere affidabili.


## Metodo e limiti

method-title = Metodo e limiti
method-limits-heading = Che cosa questo bollettino non può dire
method-not-a-poll = Non è un sondaggio. Parla di chi ha pubblicato apertamente sotto questi hashtag, non della popolazione.
method-not-heard = Non si sente chi non usa queste piattaforme, chi scrive in gruppi privati o legge soltanto, e intere età e luoghi che lì sono rari.
method-not-false = Non dice mai che qualcosa è falso. Dice che cosa qualcuno dovrebbe verificare.
method-languages = Si leggono solo le lingue che il modello ha imparato. Le altre sono contate sotto «Che cosa si è sentito».
method-how-heading = Come nascono i numeri
# $tags: gli hashtag seguiti.
method-what = Letti: post pubblici sotto { $tags }, ogni post una volta.
method-what-any = Letti: tutti i post pubblici raccolti o importati per questo giorno, ogni post una volta.
method-shares = Il modello dà a ogni post una probabilità di essere negativo, neutro e positivo. Le quote si stimano da queste probabilità, non contando etichette.
method-interval = L’intervallo (95 %) dice di quanto una quota può sbagliare perché hanno scritto queste persone e non altre; per trovarlo si estraggono molte volte persone, non post. Non comprende gli errori del modello.
method-change = Un cambiamento è chiamato tale solo se l’intervallo della differenza non contiene lo zero. Se si è sentito troppo poco, non si confronta nulla.
method-threshold = «Probabilmente da verificare» comincia da una probabilità di { $threshold }.
method-bottom-line = Le frasi di «In breve» sono scelte con regole fisse, al massimo tre: prima le lacune, poi i cambiamenti, poi testi e gruppi che spiccano.
method-privacy-heading = Le persone
method-withheld = Gruppi con meno di { $people } persone non sono mostrati.
method-never-stored = Mai conservati: nomi, nomi utente, indirizzi, numeri di telefono, link a profili. Gli account diventano numeri che senza una chiave segreta non si possono ritradurre.
method-again-heading = Gli stessi numeri di nuovo
method-again = Gli stessi dati e le stesse impostazioni danno di nuovo questa pagina, byte per byte: polso report --day { $day }
method-query = Interrogazione
method-model = Modello
method-estimate = Stima
method-config-hash = Impronta delle impostazioni
method-data-hash = Impronta dei dati


## Intestazioni delle colonne

column-source = Fonte
column-state = Stato
column-kept = Post tenuti
column-answered = Risposte
column-missed = Non ascoltati
column-set-aside = Messi da parte
column-measure = Quota
column-today = Oggi
column-mean = Media
column-verdict = Differenza
column-hour = Ora
column-posts = Post
column-negative-posts = Più probabilmente negativi
column-language = Lingua
column-hashtag = Hashtag
column-negative = Negativo
column-positive = Positivo
column-people = Persone
column-text = Testo
column-checking = Probabilmente da verificare
column-link = Link


## Lingue secondo il codice. Un codice senza riga qui è mostrato com’è.

lang-it = italiano
lang-en = inglese
lang-fi = finlandese
lang-sv = svedese
lang-de = tedesco
lang-fr = francese
lang-es = spagnolo
lang-pt = portoghese
lang-nl = olandese
lang-da = danese
lang-et = estone
lang-ca = catalano
lang-pl = polacco
lang-ro = romeno
lang-und = non riconosciuta
