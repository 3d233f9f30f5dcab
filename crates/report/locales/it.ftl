# Il bollettino in italiano.
#
# Prima di un numero niente articoli: "ai { $n } post" diventerebbe "ai 8 post". Meglio "post: { $n }".
# Si può cambiare ogni testo dopo il primo "=" di una riga. Vanno lasciati il nome prima di "=" e i nomi tra
# { $parentesi }: li riempie il programma. Un testo può continuare su più righe se le seguenti sono rientrate.
# { $n -> [one] … *[other] … } sceglie il testo secondo il numero: tenere la forma, cambiare le parole.
# Gli stessi nomi devono stare in ogni file di questa cartella: un test li confronta.


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
header-revised = Questa è la versione { $revision } del giorno. Post arrivati tardi, modificati o cancellati hanno cambiato i numeri.
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
# $answer: la prima frase della risposta, che si regge da sola. $topic: come sotto "Argomenti".
finding-direct = Rispondere apertamente: { $answer }
finding-direct-topic = C’è una voce a cui rispondere apertamente. Argomento: { $topic }.
# $risk, $trend: come sotto "Narrazioni e voci".
finding-direct-evidence = La voce in questione: persone { $people }, post { $n }. Rischio: { $risk }. Andamento: { $trend }.
finding-direct-more = { $more ->
        [one] C’è un’altra voce
       *[other] Ci sono altre { $more } voci
    } a cui rispondere apertamente.
finding-narrative = Circola qualcosa di nuovo a cui nessuno ha ancora risposto.
finding-narrative-evidence = Persone: { $people }; post: { $n }. Rischio: { $risk }. Andamento: { $trend }.
finding-void = Molti chiedono qualcosa a cui nessuno ha ancora risposto.
finding-void-evidence = Persone: { $people }; post: { $n }. Andamento: { $trend }.
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


## Che cosa si può fare: le regole che scelgono queste frasi sono in src/ways.rs

ways-title = Che cosa si può fare
# $sources: nomi di fonti.
way-sources = Capire perché queste fonti tacciono: { $sources }.
way-sources-why = Finché non rispondono manca una parte del quadro.
way-sources-degraded = Manca troppo per confrontare il giorno con altri: oggi non parlare di un umore cambiato.
# $topic: come sotto "Argomenti".
way-publish = Pubblicare oggi la risposta. Argomento: { $topic }.
way-publish-why = Dire prima che cosa è giusto, e nominare la voce al massimo una volta.
way-find = Chiedere oggi la risposta a chi è esperto. Argomento: { $topic }.
way-find-why = Molti hanno sentito la voce e una risposta non c’è.
# $people: quante persone chiedono.
way-answer = Rispondere alla domanda più frequente. Persone che la fanno: { $people }.
way-answer-why = Dove nessuno risponde crescono le voci.
way-late = Chiudere ciò che è in ritardo. Azioni: { $actions }.
way-late-why = Il termine è passato.
way-look = Capire se la novità che circola è vera.
way-look-why = Preparare una risposta; fino ad allora non ripeterla in pubblico.
# $name: una lingua.
way-group = Dare il messaggio di oggi anche in questa lingua: { $name }.
way-group-why = Lì l’umore è chiaramente più negativo che nell’insieme.
way-check = Far verificare i testi che circolano.
way-check-why = Il modello fa solo un’ipotesi; i testi stanno nel registro, non qui.
way-nothing = Andare avanti come previsto.
way-nothing-why = Nessuna regola ha trovato qualcosa a cui rispondere oggi.


## Che cosa non può aspettare

urgent-title = Questo non può aspettare
urgent-how = Circola una voce ad alto rischio. Concordare oggi la risposta, poi pubblicarla.
urgent-call = Chi chiamare
urgent-nobody = Nelle impostazioni non è indicato nessuno (report.call).
urgent-whole = Il bollettino intero del giorno è accanto a questa pagina: index.html.


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
figures-people-note = come se avessero pubblicato { $effective } persone allo stesso ritmo
figures-interval = intervallo { $interval }
figures-change = Quota negativa rispetto agli ultimi 7 giorni
figures-n = Le quote si riferiscono ai post che è stato possibile leggere: { $n }. L’intervallo indica dove la quota vera sta con ogni probabilità (95 %).


## Numeri

# Tra interi e decimali, tra le migliaia, dopo una quota, davanti a ciò che è sotto zero.
# Un segno che non si vede si scrive con il suo numero: { "\u00A0" } è uno spazio che tiene il numero su una riga.
number-decimal = ,
number-group = .
number-percent = { "\u00A0" }%
number-minus = −


## Quote, variazioni e date

# Tra i due numeri di un intervallo.
interval = { $low }–{ $high }
# Differenza tra quote con il suo intervallo. $count: la differenza senza segno, solo per scegliere la parola.
points = { $difference } { $count ->
        [one] punto
       *[other] punti
    } (da { $low } a { $high })
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
date-short = { $day ->
        [1] 1º
       *[other] { $day }
    } { $month }
# Sotto un grafico. $day e $month: numeri.
date-tick = { $day }/{ $month }
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
coverage-scored = Post che è stato possibile leggere: { $scored } su { $n } ({ $share }). Gli altri sono contati qui e mai indovinati.
coverage-unsupported-language = Lingua non letta o non riconosciuta: { $n }
coverage-too-short = Troppo brevi, nulla da leggere: { $n }
coverage-failed = Lettura non riuscita: { $n }
coverage-truncated = Letti solo in parte perché lunghi: { $n }
# $groups: gruppi non mostrati. $people: il minimo di persone per essere mostrati.
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
mood-legend-usual = La linea sottile con le estremità è l’intervallo al 95 %. La linea verticale è la media degli ultimi 7 giorni. Tutta la larghezza è il 100 %.
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


## Le ultime quattro settimane

# $days: quanti giorni sono disegnati.
weeks-mood-caption = Post negativi e positivi negli ultimi { $days } giorni. La fascia chiara è l’intervallo al 95 %.
# $low, $high: quote con intervallo; $low_day, $high_day: i loro giorni.
weeks-mood-range = La quota negativa più bassa: { $low }, { $low_day }. La più alta: { $high }, { $high_day }.
weeks-mood-gaps = { $days ->
        [one] Un giorno è senza umore
       *[other] Giorni senza umore: { $days }
    }: lì il grafico ha un vuoto.
weeks-volume-caption = Post negli ultimi { $days } giorni
weeks-volume-top = Il giorno con più post: { $day }, { $n }.
weeks-volume-none = Nessun giorno è stato ascoltato.
weeks-volume-gaps = { $days ->
        [one] Un giorno non è stato ascoltato
       *[other] Giorni non ascoltati: { $days }
    }. È un vuoto, non uno zero.
weeks-today = Questo giorno
weeks-before = I giorni prima
weeks-missed = Non ascoltato, o non per tutto il giorno
weeks-table = Numeri per giorno
weeks-no-mood = nessun umore
weeks-not-heard = non ascoltato
weeks-complete = completo
weeks-partial = parziale
weeks-no-data = nessun dato
# Un numero nel grafico indica che cosa è successo in un giorno. $day: il giorno. $what: che cosa.
weeks-event = { $day }: { $what }
weeks-marks = Numeri: eventi, elencati sotto la curva dell’umore
# Una serie misurata da altri. $name: che cosa. $source: chi.
outside-caption = { $name }
outside-how = Misurato da altri ({ $source }). Sta accanto all’umore e non si mescola mai con esso.
outside-last = Ultimo valore, { $day }: { $value }.
column-value = Valore


## Volume

volume-title = Quando si è pubblicato
volume-mean = Post del giorno: { $n }. Media degli ultimi 7 giorni: { $mean } (giorni confrontabili: { $days }).
volume-caption = Post per ora, { $timezone }
volume-negative = Più probabilmente negativi (parte bassa della barra)
volume-other = Altri post
volume-missed = Ora non ascoltata per intero: possono mancare post
# $from e $to: ore del giorno.
volume-top = La maggior parte dei post è arrivata tra le { $from } e le { $to }: { $n }.
# $hours: ore, indicate dal loro inizio.
volume-holes = Le ore che iniziano alle { $hours } non sono state ascoltate per intero. Lì una barra bassa non vuol dire che la gente taceva.
# $people: il numero minimo di persone.
volume-withheld = Nelle ore con meno di { $people } persone la parte negativa non è mostrata.
volume-not-shown = non mostrati
volume-table = Le cifre ora per ora


## Fuori dall’ordinario

spikes-title = Fuori dall’ordinario
finding-spike-volume = Più post del solito.
finding-spike-questions = Più persone del solito fanno domande.
finding-spike-narrative = Qualcosa che circola si diffonde più in fretta del solito.
# $today e $usual: numeri già scritti. $reason: le frasi di spikes-sum e spikes-since.
finding-spike-posts = Post: { $today }; di solito: { $usual }. { $reason }
finding-spike-people = Persone: { $today }; di solito: { $usual }. { $reason }
# $sum: ciò che indica un aumento, sommato. $threshold: da dove si segnala.
spikes-sum = Indizi: { $sum }; si segnala sopra { $threshold }.
# $since: giorno e mese. $days: con quanti giorni precedenti si confronta.
spikes-since = Inizio dell’aumento: { $since }; giorni di confronto: { $days }.
spikes-caption = Più alto di quanto le settimane precedenti facciano aspettare
spikes-what = Che cosa
spikes-today = Oggi
spikes-usual = Di solito
spikes-rule = Regola e cifre
spikes-ears = EARS concordi
spikes-ears-none = nessuna
spikes-volume = Post
spikes-negative = Quota di post negativi
spikes-questions = Persone che fanno domande
# $tag: un hashtag.
spikes-tag = Persone che usano { $tag }
# Davanti alla risposta, o al fatto che non c’è.
spikes-narrative = Persone che parlano di una voce.
spikes-narratives = { $narratives ->
        [one] una narrazione
       *[other] { $narratives } narrazioni
    }
# $n: quante cifre sono state confrontate.
spikes-none = Niente di fuori dall’ordinario. { $n ->
        [one] Una cifra è stata confrontata
       *[other] { $n } cifre sono state confrontate
    } con le settimane precedenti.
spikes-counted = { $narratives ->
        [one] Una narrazione che qui si conta soltanto si diffonde
       *[other] { $narratives } narrazioni che qui si contano soltanto si diffondono
    } più in fretta del solito.
spikes-how = Ogni cifra è confrontata con al massimo { $window } giorni precedenti. I giorni non ascoltati sono lasciati fuori: non valgono zero. Si tiene conto del giorno della settimana. Ciò che indica un aumento si somma per { $memory } giorni; una somma sopra { $threshold } è segnalata. Anche una crescita lenta di più settimane può essere segnalata. EARS sono tre regole note che guardano i sette giorni precedenti (C1, C2, C3). Stanno accanto e non segnalano nulla.
# $n: quante cifre sono state confrontate. $each: giorni per una segnalazione falsa di una cifra; $days: di tutte.
spikes-chance = Il caso segnala una cifra al massimo circa in un giorno tranquillo su { $each }. { $n ->
        [one] È stata confrontata una cifra
       *[other] Sono state confrontate { $n } cifre
    }: ci si può aspettare al massimo circa una segnalazione falsa { $days ->
        [one] al giorno
       *[other] ogni { $days } giorni
    }.
# $what: che cosa non è giudicato, uno dopo l’altro.
spikes-not-heard = Non giudicato, perché oggi si è ascoltato troppo poco: { $what }. Non vuol dire che sia tutto tranquillo.
spikes-too-few-people = Non giudicato, perché riguarda troppo poche persone: { $what }.
# $needed: quanti giorni precedenti servono.
spikes-too-few-days = Non ancora giudicato, perché si possono confrontare meno di { $needed } giorni precedenti: { $what }. Non vuol dire che sia tutto tranquillo.


## Lingue, hashtag, fonti

groups-title = Lingue, hashtag, fonti
groups-how = Confrontare gli intervalli, non i numeri. Se due intervalli si sovrappongono, la differenza può non esserci.
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
checking-how = «Probabilmente da verificare» significa che per il modello la probabilità è { $threshold } o più. È un motivo per guardare, non una sentenza. Verificare prima di rispondere. Nel correggere una voce, non ripeterla.
checking-no-repeated = Nessun testo è mostrato, perché nessuno viene da abbastanza persone diverse.
# $texts: quanti testi.
checking-not-repeated = { $texts ->
        [one] Più persone hanno pubblicato un testo probabilmente da verificare, o che riprende una voce. Qui non è ripetuto.
       *[other] Più persone hanno pubblicato testi probabilmente da verificare, o che riprendono una voce: { $texts }. Qui non sono ripetuti.
    }
checking-repeated-caption = Gli altri testi pubblicati da più persone, senza nomi
checking-unlikely = { $probability } – sotto la soglia
# $full: quanto vale tutta la larghezza di una barra.
checking-by-hashtag = Probabilmente da verificare, per hashtag (tutta la larghezza delle barre: { $full })


## Narrazioni e voci

rumours-title = Narrazioni e voci
rumours-how = Prima viene la risposta. Diffondere quella, non la voce. Qui non si nomina nessuno, e nessun post è mostrato o collegato.
rumours-none = In questo giorno nulla che sia bene raccontare è girato tra abbastanza persone.
rumours-not-searched = In questo giorno non si sono cercate voci e domande. Non vuol dire che non ce ne fossero.
# $about: un argomento come sotto "Argomenti", o parole tipiche.
rumours-no-answer = Ancora nessuna risposta: { $about }
# $host: di chi è la pagina.
rumours-answer-elsewhere = Ha risposto { $host }: { $about }
rumours-risk = Rischio: { $risk }
rumours-risk-by-person = Rischio: { $risk } (rischio o livello deciso da una persona)
rumours-claimed = Che cosa circola
rumours-words = Parole tipiche
rumours-checked = Esito della verifica
# $publisher: il sito di chi ha verificato.
rumours-checked-by = Verificato da { $publisher }
rumours-level = Che cosa fare
# $level: che cosa fare, come sotto.
rumours-find-answer = Prima di tutto trovare la risposta. { $level }
rumours-action = Che cosa si sta facendo
rumours-result = Con quale esito
rumours-link = La risposta completa
rumours-posts = Post
rumours-posts-texts = { $n }, in { $texts ->
        [one] una sola formulazione
       *[other] { $texts } formulazioni diverse
    }
rumours-people = Persone
rumours-people-note = { $people }, come se avessero pubblicato { $effective } persone allo stesso ritmo
rumours-stances = Che cosa fanno i post
rumours-stance-counts = la ripetono { $repeats }, la smentiscono { $rebuts }, non prendono posizione { $mentions }
# $share: tra i post che prendono posizione.
rumours-rebut-share = tra chi prende posizione, la smentisce il { $share }
rumours-trend-label = Andamento
# $trend: come sotto. $pace: una delle due righe seguenti.
rumours-trend = { $trend }, { $pace }
# $ratio: post di oggi per ogni post in un suo giorno precedente. $interval: il suo intervallo al 95 %.
rumours-velocity = { $ratio } volte i post di un giorno precedente ({ $interval })
rumours-velocity-least = almeno { $low } volte i post di un giorno precedente
rumours-first-seen = Vista per la prima volta
rumours-sources = Dove
rumours-langs = Lingue
# $list: i maggiori, per nome. $more: quanti non sono nominati.
rumours-and-more = { $list } e altri { $more }
rumours-status = Stato
# $who: il codice di una persona. $day: una data.
rumours-decided = { $status } (deciso da { $who }, { $day })
rumours-decided-by = { $status } (deciso da { $who })
rumours-history = Post che non la smentiscono negli ultimi { $days } giorni, oggi in scuro; il massimo il { $day }: { $n }.
rumours-history-gaps = { $days ->
        [one] Un giorno non è stato ascoltato ed è lasciato vuoto.
       *[other] { $days } giorni non sono stati ascoltati e sono lasciati vuoti.
    }
# $n: i post di oggi. $trend: come sotto.
rumours-multiple = oggi { $n }, { $trend }
# $rules: le regole con i loro numeri.
rumours-because = Regole che hanno deciso: { $rules }.
rumours-more = { $lines ->
        [one] Un’altra è
       *[other] Altre { $lines } sono
    } in report.json.
rumours-ignored = { $lines ->
        [one] Un’altra, poco diffusa, è seguita e non raccontata
       *[other] Altre { $lines }, poco diffuse, sono seguite e non raccontate
    } qui. Raccontare ciò che pochi hanno sentito lo farebbe girare.
rumours-withheld = { $lines ->
        [one] Una voce o domanda non è mostrata perché raccoglie
       *[other] { $lines } voci e domande non sono mostrate perché raccolgono
    } meno di { $people } persone.
rumours-rules = Il rischio si calcola con regole fisse. Le regole guardano quante persone pubblicano la voce, come si diffonde e se cresce. Guardano anche che cosa ha trovato chi l’ha verificata. Molte smentite abbassano il rischio. Ciò che decide una persona vale più delle regole. I limiti sono: { $rules }.
# Una regola con il suo limite; un numero e il limite con cui è stato confrontato.
rule-value = { $name }: { $value }
rule-held-against = { $name }: { $value } (regola: { $threshold })
# Regole come le chiama risk.toml, poi che cosa misurano e trovano. Un nome senza riga qui è mostrato com’è.
rule-circulating-posts = circola da post
rule-circulating-people = circola da persone
rule-wide-people = ampia da persone
rule-wide-effective-authors = ampia da persone ugualmente attive
rule-wide-signs = segni che è ampia, su cinque
rule-wide-share-of-day = segno: quota dei post del giorno
rule-wide-sources = segno: fonti
rule-wide-langs = segno: lingue
rule-wide-unique-texts = segno: formulazioni diverse
rule-wide-days-alive = segno: giorni dalla prima volta
rule-threat-little-below = minaccia piccola sotto una probabilità media di
rule-threat-serious-from = minaccia seria da una probabilità media di
rule-growth-days = giorni necessari per confrontare
rule-growth-rising = in aumento oltre volte
rule-growth-falling = in calo sotto volte
rule-growth-or-share-of-day = alto anche senza crescita da una quota dei post del giorno di
rule-rebuttals-share = abbassato da una quota di smentite di
rule-days = giorni precedenti ascoltati
rule-rising = volte i post di un giorno precedente
rule-falling = volte i post di un giorno precedente
rule-little-below = probabilità media che sia da verificare
rule-serious-from = probabilità media che sia da verificare
rule-or-share-of-day = quota dei post del giorno
rule-share = quota di smentite
rule-posts = post
rule-people = persone
rule-effective-authors = persone ugualmente attive
rule-signs = segni che è ampia
rule-share-of-day = quota dei post del giorno
rule-sources = fonti
rule-langs = lingue
rule-unique-texts = formulazioni diverse
rule-days-alive = giorni dalla prima volta
rule-rebut-share = quota di smentite
rule-velocity = volte i post di un giorno precedente, almeno
rule-needs-checking = probabilità media che sia da verificare
rule-verdict = minaccia secondo la verifica
rule-little = piccola
rule-some = media
rule-serious = seria
rule-narrow = pochi l’hanno sentita
rule-circulates = circola
rule-wide = è molto diffusa
rule-not-wide = non è molto diffusa
rule-new = è nuova, giorni
rule-rises = cresce, almeno volte
rule-does-not-grow = la crescita non è certa
rule-overwhelms = quota dei post del giorno, anche senza crescita
rule-rebutted = la quota di smentite lo abbassa
rule-doubtful = i suoi post sono per lo più da verificare
rule-seldom-doubtful = i suoi post sono di rado da verificare
rule-other-topic = l’argomento non tocca scelte di salute
rule-answered = c’è una risposta
rule-unanswered = non c’è ancora una risposta
rule-cause = origine e diffusione
rule-illness = la malattia
rule-treatment = prevenzione, cure, vaccini
rule-intervention = misure e regole
rule-information = informazione e fonti
risk-high = alto
risk-medium = medio
risk-low = basso
# Che cosa si suggerisce, e che cosa significa.
level-direct = Rispondere apertamente: dire con chiarezza come stanno le cose. Nominare la voce al massimo una volta.
level-passive = Tenere pronta la risposta e pubblicarla senza nominare la voce.
level-ignore = Non fare nulla che la renda più nota.
level-word-direct = rispondere apertamente
level-word-passive = rispondere senza nominarla
level-word-ignore = lasciar perdere
trend-new = nuova
trend-rising = in aumento
trend-steady = stabile
trend-falling = in calo
trend-unclear = incerto, si è sentito troppo poco
status-open = aperta
status-answered = con risposta
status-closed = chiusa
# Che cosa ha trovato chi ha verificato. Un esito senza riga qui è mostrato con le loro parole.
checked-true = vero
checked-mostly-true = in gran parte vero
checked-mixed = in parte vero, in parte falso
checked-mostly-false = in gran parte falso
checked-false = falso
checked-unproven = non dimostrato
checked-satire = satira
# Argomenti
topic-cause = origine e diffusione
topic-illness = la malattia
topic-treatment = prevenzione, cure, vaccini
topic-intervention = misure e regole
topic-information = informazione e fonti
topic-none = non ancora assegnato
# Chi ha deciso, quando non è una persona.
who-rules = le regole


## Domande e vuoti d’informazione

voids-title = Domande e vuoti d’informazione
voids-how = Un vuoto d’informazione è una domanda a cui non risponde né un fatto noto né un messaggio ufficiale. Lì crescono le voci: rispondere prima a queste.
voids-all-answered = Ogni domanda posta da abbastanza persone ha una risposta. Va resa più facile da trovare.
voids-no-questions = Nessuna domanda è stata posta da abbastanza persone per essere mostrata.
voids-open = Ancora senza risposta
voids-likely = Forse la risposta c’è: controllare che sia quella giusta
voids-answered = La risposta c’è
voids-nobody = Nessuno ha ancora risposto.
voids-answered-elsewhere = C’è una risposta:
voids-no-words = (nessuna parola tipica)
voids-more = { $questions ->
        [one] Un’altra è
       *[other] Altre { $questions } sono
    } in report.json.


## Cambiamenti nel registro delle voci

changes-title = Cambiamenti nel registro delle voci
changes-none = Oggi nulla è stato aperto, cambiato o chiuso.
changes-counts = Aperte: { $opened }. Cambiate: { $changed }. Chiuse: { $closed }.
changes-caption = Che cosa è cambiato, secondo la risposta che riguarda
changes-field = { $field }: { $what }
changes-from-to = { $before } → { $after }
changes-taken-away = { $before } → nulla
changes-more = { $changes ->
        [one] Un altro cambiamento è
       *[other] Altri { $changes } cambiamenti sono
    } in report.json.
changes-ignored = { $changes ->
        [one] Un cambiamento riguarda ciò che è poco diffuso e viene soltanto contato.
       *[other] { $changes } cambiamenti riguardano ciò che è poco diffuso e vengono soltanto contati.
    }
change-opened = aperta
change-status = stato
change-risk = rischio
change-level = che cosa fare
change-action = azione
change-result = esito
change-verdict = esito della verifica
change-withdrawn = ritirata


## Argomenti, hashtag in crescita

topics-title = Argomenti
topics-how = Di che cosa parlano le voci, le narrazioni e le domande del giorno. Un post che ne tocca due conta due volte; la maggior parte non ne tocca nessuna.
topics-caption = Per argomento
tags-title = Hashtag in crescita
tags-how = Crescono accanto ai vostri hashtag e non sono seguiti. Nulla si aggiunge da solo: decidete voi.
tags-caption = Non ancora seguiti


## Accanto ai numeri: revisioni, azioni e la pagina della settimana

# Che cosa ha cambiato una nuova versione di un giorno. $what: alcune delle righe seguenti, separate da "; ".
revision-line = Versione { $revision } di questo giorno: { $what }.
# $n: quanti post in più, o in meno, rispetto alla versione precedente.
revision-late-posts = { $n ->
        [one] un post arrivato tardi
       *[other] post arrivati tardi: { $n }
    }
revision-fewer-posts = { $n ->
        [one] un post in meno
       *[other] { $n } post in meno
    }
revision-edits = alcuni post sono stati modificati
revision-claims = i post sono stati confrontati con altre affermazioni
revision-coverage = si sa meglio che cosa è stato ascoltato
revision-reviews = alcune persone hanno riletto post di questo giorno
revision-model = un altro modello ha letto i post
revision-settings = le impostazioni sono cambiate
revision-days-before = sono cambiati i giorni con cui si confronta
# $before, $after, $share: quote in percentuale intera.
revision-negative = quota negativa { $before } → { $after }
revision-negative-still = quota negativa ancora { $share }
# $files: che cosa doveva esserci in questa pagina, come nelle tre righe seguenti.
header-unread = Manca in questa pagina, perché il suo file non si è potuto leggere: { $files }.
beside-events = gli eventi
beside-outside = le misure di altri
beside-actions = l’elenco delle azioni
actions-title = Che cosa si sta facendo
# $open: azioni in corso. $late: quelle in ritardo. $closed: fatte o abbandonate.
actions-counts = In corso: { $open }, di cui in ritardo: { $late }. Fatte o abbandonate: { $closed }.
actions-none = L’elenco è vuoto: niente in corso, niente di fatto.
# $day: una data. I titoli di cinque tabelle.
actions-late = In ritardo: non fatte entro il { $day }
actions-due-next = Scadono il { $day }
actions-opened = Appena decise
actions-closed = Fatte o abbandonate
actions-open = In corso
actions-no-due = senza data
actions-more = { $actions ->
        [one] Un’altra è
       *[other] Altre { $actions } sono
    } in report.json.
actions-counted = { $actions ->
        [one] Un’altra azione riguarda
       *[other] Altre { $actions } azioni riguardano
    } ciò che è poco diffuso: se ne dice solo il numero.
action-open = da iniziare
action-doing = iniziata
action-done = fatta
action-dropped = abbandonata
column-action = Che cosa
column-owner = Chi
column-due = Entro
column-note = Come va
column-day = Giorno
column-days = Giorni
column-days-by-state = Giorni
column-heard = Ascoltato
column-risk = Rischio
column-level = Che cosa fare
column-this-week = Questa settimana
column-week-before = Settimana prima
week-title = Bollettino settimanale dell’umore pubblico
# Titolo della finestra del browser. $week: come nella riga seguente.
week-page-title = Umore pubblico, { $week }
week-name = settimana { $number } del { $year }
week-days = da { $from } a { $upto }
week-heard = Giorni ascoltati per intero: { $whole }. In parte: { $part }. Per niente: { $none }.
week-posts = Post: { $n }. Media di un giorno ascoltato: { $mean }. I giorni non ascoltati non contano.
week-posts-before = La settimana prima, post al giorno: { $mean }.
week-mood-title = L’umore della settimana
week-mood-caption = { $days ->
        [one] L’unico giorno che si può confrontare
       *[other] Media dei giorni che si possono confrontare ({ $days })
    }, n = { $n }
week-no-mood = Nessun giorno di questa settimana ha abbastanza post per dire un umore.
# $reason: una delle quattro righe seguenti.
week-not-compared = Nessun confronto con la settimana prima: { $reason }.
week-no-week-before = non c’è ancora una settimana prima
week-too-few-days = troppo pochi giorni di questa settimana si possono confrontare
week-too-few-days-before = troppo pochi giorni della settimana prima si possono confrontare
week-other-model = la settimana prima è stata letta da un altro modello
week-daily = Giorno per giorno
week-day-whole = per intero
week-day-part = in parte
week-day-quiet = per intero: nessun post
week-day-none = non ascoltato
week-day-no-record = nessuna traccia
week-day-other-model = letto da un altro modello
week-day-left-out = fuori dalla media: { $reason }
week-corrected = Alcune persone hanno riletto post di certi giorni. Qui tutti i giorni stanno come li legge il modello, per poterli confrontare.
week-not-searched = In nessun giorno di questa settimana si sono cercate voci e domande. Non vuol dire che non ce ne fossero.
week-rumours-none = In questa settimana non è girato nulla da raccontare tra abbastanza persone.
week-rumours-how = Ogni riga dice che cosa si sapeva nell’ultimo giorno in cui la voce si è sentita. La risposta sta per prima: diffondere la risposta, non la voce.
week-rumours-caption = Che cosa è girato, secondo la risposta
week-rumours-withheld = In alcuni giorni voci o domande non si mostrano, perché dietro ci sono meno di { $people } persone.
week-decided-title = Che cosa si è deciso
week-decided-none = In questa settimana nel registro delle voci nulla è stato aperto, cambiato o chiuso.
week-coverage-caption = Le fonti in questa settimana
week-no-record = Non c’è traccia di che cosa si è chiesto in questa settimana.
week-method-mean = La quota di una settimana è la media dei suoi giorni. Restano fuori i giorni con troppo pochi post e quelli ascoltati troppo poco.
week-method-change = Due settimane si dicono diverse solo se l’intervallo della differenza non contiene lo zero.
# $week: come in 2020-W11.
week-method-again = Gli stessi dati e le stesse impostazioni danno di nuovo questa pagina, byte per byte: polso report --week { $week }
week-method-data = Dati del { $day }


## Siti

sites-title = I siti a cui portano i link
sites-caption = Siti per numero di persone
sites-how = Gli indirizzi interi mancano apposta. Alcuni portano a ciò che gira.


## Quanto sono giuste le etichette

quality-title = Quanto sono giuste le etichette
quality-none = Nessuno ha ancora riletto un campione di questo periodo. Perciò non si sa quanto spesso qui le etichette siano giuste. «polso review sample» ne estrae uno.
# $since, $upto: date.
quality-how = Alcune persone hanno riletto un campione di post (da { $since } a { $upto }). Tra parentesi, dove il valore vero sta con ogni probabilità (95 %).
quality-terms = Kappa dice quanto due giudizi concordano più che per caso. 0 non è meglio del caso, 1 vuol dire sempre. Dove nemmeno chi rilegge è d’accordo, nessun modello può avere ragione.
quality-too-few = troppo pochi
quality-no-kappa = –
task-sentiment = Umore
task-needs-checking = Da verificare
task-question = Domande
task-stance = Ripete o smentisce
# Etichette per nome. Un’etichetta senza riga qui è mostrata com’è.
label-all = Tutte le etichette
label-negative = negativo
label-neutral = neutro
label-positive = positivo
label-yes = sì
label-no = no
label-repeats = la ripete
label-rebuts = la smentisce
label-mentions = non prende posizione


## Shares

withheld-too-few-authors = troppo poche persone hanno pubblicato
mood-counts-texts = Qui ogni testo diverso conta una volta, per quanto sia stato copiato.
mood-counts-authors = Qui ogni persona conta una volta, per quanto abbia pubblicato.
method-change-none = Un cambiamento è chiamato tale solo se l’intervallo della differenza non contiene lo zero. Se i post, le persone o le ore ascoltate sono troppo poche, non si confronta nulla: oggi è così.
method-more = Il metodo, con le sue prove e i suoi limiti, è descritto nel progetto, in docs/method.md.


## Metodo e limiti

method-title = Metodo e limiti
method-limits-heading = Che cosa questo bollettino non può dire
method-not-a-poll = Non è un sondaggio. Parla di chi ha pubblicato apertamente sotto questi hashtag, non della popolazione.
method-not-heard = Non si sente chi non usa queste piattaforme, chi scrive in gruppi privati e chi legge soltanto. Anche intere fasce d’età e interi luoghi lì sono rari.
method-not-false = Da sé non dice mai che qualcosa è falso. Dice che cosa qualcuno dovrebbe verificare. Dove c’è un esito, è detto chi ha verificato.
method-languages = Si leggono solo le lingue che il modello ha imparato. Le altre sono contate sotto «Che cosa si è sentito».
method-how-heading = Come nascono i numeri
# $tags: gli hashtag seguiti.
method-what = Letti: post pubblici sotto { $tags }, ogni post una volta.
method-what-any = Letti: tutti i post pubblici raccolti o importati per questo giorno, ogni post una volta.
method-shares = Il modello dà a ogni post una probabilità di essere negativo, neutro e positivo. Le quote si stimano da queste probabilità e da post di cui si conosce già l’umore, lingua per lingua. Non si contano etichette.
method-interval = L’intervallo (95 %) dice di quanto una quota può sbagliare. Le ragioni sono due: hanno scritto queste persone e non altre, e i post di cui si conosce l’umore sono pochi. Per trovarlo si estraggono molte volte persone e post conosciuti. Non comprende modi di dire nuovi, che il modello non ha mai visto.
method-rounding = Le quote sono scritte con la precisione che l’intervallo permette. Se l’intervallo arriva a un punto o più per parte, sono numeri interi, altrimenti hanno un decimale. Perciò una somma può non tornare di uno.
# $comparisons: differences on the page.
method-change = Un cambiamento è chiamato tale solo se l’intervallo della differenza non contiene lo zero. L’intervallo è tanto più largo quanti più confronti fa la pagina: qui { $comparisons }. Se i post, le persone o le ore ascoltate sono troppo poche, non si confronta nulla.
method-threshold = «Probabilmente da verificare» comincia da una probabilità di { $threshold }.
method-bottom-line = Regole fisse scelgono le frasi di «In breve», al massimo tre. Prima le lacune, poi le voci a cui rispondere apertamente, poi i cambiamenti. Infine ciò che è ancora senza risposta, e i testi e i gruppi che spiccano.
method-privacy-heading = Le persone
method-withheld = Gruppi con meno di { $people } persone non sono mostrati.
method-never-stored = Mai conservati: nomi, nomi utente, indirizzi, numeri di telefono, link a profili. Al posto degli account restano numeri. Senza una chiave segreta non si torna indietro.
method-again = Gli stessi dati e le stesse impostazioni danno di nuovo questa pagina, byte per byte: polso report --day { $day }
method-query = Interrogazione
method-model = Modello
method-estimate = Stima
method-config-hash = Impronta delle impostazioni
method-data-hash = Impronta dei dati


## Dati

annex-title = I dati dietro questa pagina
annex-caption = File, con il loro posto nella cartella dei dati
annex-report = ogni numero di questa pagina
annex-measures = quote, conteggi e intervalli in tabella
annex-summary = il riassunto intero del giorno
annex-observations = una riga per post, senza nomi
annex-ledger = che cosa si è chiesto e sentito, ora per ora
annex-in-file = scritto nel file


## Che cosa si scrive per posta e nelle chat

# Oggetti. $day: la data. $revision: 2 per la prima correzione, e così via.
tell-report = Umore pubblico di { $day }
tell-report-partial = Umore pubblico di { $day }: una parte del giorno non è stata ascoltata
tell-report-no-data = Umore pubblico di { $day }: nessun dato
tell-revision = Umore pubblico di { $day }, corretto: versione { $revision }
# $what: che cosa è fuori dall’ordinario, come sotto "Fuori dall’ordinario".
tell-spike = Più del solito: { $what }
tell-spike-numbers = Oggi { $today }, di solito { $usual }.
tell-failed = Nessun nuovo bollettino per { $day }
tell-failed-kept = L’elaborazione non è riuscita. I bollettini degli altri giorni restano come erano.
# Prima di un messaggio del programma, che è in inglese.
tell-failed-why = Per chi gestisce polso:
tell-test = Una prova: i messaggi di polso arrivano qui
tell-test-line = Non è successo nulla. Qualcuno ha provato se i messaggi arrivano.
tell-see = Leggi tutta la pagina
tell-foot = Inviato da polso. Contiene solo numeri pubblicati e nessun nome. Nessuno legge le risposte a questo messaggio.


## Intestazioni delle colonne

column-read = Post letti
column-topic = Argomento
column-rumours = Voci
column-rumour-posts = Post che ne parlano
column-questions = Domande
column-asking-posts = Post che chiedono
column-usual-posts = Di solito al giorno
column-file = File
column-contents = Contenuto
column-schema = Schema
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
column-site = Sito
column-question = Che cosa si chiede, per parole tipiche
column-answer = Risposta
column-trend = Andamento
column-about = Riguarda
column-change = Cambiamento
column-who = Chi
column-label = Etichetta
column-reviewed = Riletti
column-precision = Giusti dove il modello lo dice (precisione)
column-recall = Trovati tra tutti quelli che ci sono (richiamo)
column-kappa = Modello e persone (kappa)
column-reviewers = Persone tra loro (kappa)


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
lang-all = tutte le lingue
lang-und = non riconosciuta
