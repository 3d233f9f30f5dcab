# The report in English.
#
# You may edit every text after the first "=" of a line. Keep the name before "=" and the names in { $braces }:
# the program fills those in. A text may run over several lines when the next lines are indented.
# { $n -> [one] … *[other] … } chooses a text by number: keep the shape, change the words.
# The same names must stand in every file of this folder; a test compares them with this one.


## The page

# Title of the browser's window. $day: the date.
page-title = Public mood, { $day }
page-skip = Skip to the content
page-footer = Made by polso from public posts. Not a poll, not a fact-check, not about single people.


## Header

header-title = Daily public mood bulletin
header-number = Number
header-timezone = Time zone
header-tracked = Followed
header-data = Data
# $revision: 2 for the first correction, and so on.
header-revised = This is version { $revision } of this day. Late posts, edits or deletions changed the numbers.
banner-seeds = Demonstration: these posts are synthetic. Nobody wrote them.
status-complete = Complete: every source answered all day.
status-partial = Partial: some of the day was not heard. See “What was heard”.
status-no-data = No data: not one post was heard.


## Bottom line: the rules that choose among these sentences are in src/findings.rs

bottom-line-title = Bottom line
# A link at the end of a finding. $section: title of a section.
finding-see = See “{ $section }”
finding-no-posts = Not one post.
finding-no-posts-evidence = Every source answered and had nothing: a quiet day, not a failure.
finding-no-data = Nothing can be said about this day.
finding-no-data-evidence = The sources were not heard, and silence is not calm.
# $state: what happened to the source, as under "Coverage". $time: how long it was missing.
finding-silent-source = { $source } ({ $state }, { $time })
# $sources: the silent sources, as above.
finding-partial = Not everything was heard.
finding-partial-evidence = Missing, at least in part: { $sources }. The numbers rest on the { $n ->
        [one] one post
       *[other] { $n } posts
    } that did arrive.
# $share, $mean: shares with a per cent sign. $points: a difference with its interval.
finding-negative-up = More negative than in the last 7 days.
finding-negative-down = Less negative than in the last 7 days.
finding-negative-evidence = { $share } of posts are negative, the mean was { $mean }. Change: { $points }; n = { $n }.
finding-checking-up = More posts likely need checking than in the last 7 days.
finding-checking-up-evidence = { $share }, the mean was { $mean }. Change: { $points }; n = { $n }.
finding-checking-high = Many posts likely need checking.
finding-checking-high-evidence = { $share }, clearly above { $high }; n = { $n }.
# $answer: the first sentence of the answer, which stands alone. $topic: as under "Topics".
finding-direct = To be answered directly: { $answer }
finding-direct-topic = A rumour is to be answered directly. Topic: { $topic }.
# $risk, $trend: as under "Narratives and rumours".
finding-direct-evidence = The rumour behind it: { $people } people, { $n } posts. Risk: { $risk }. Trend: { $trend }.
finding-direct-more = { $more ->
        [one] One more rumour is
       *[other] { $more } more rumours are
    } to be answered directly.
finding-narrative = Something new is going round, and nobody has answered it yet.
finding-narrative-evidence = { $people } people, { $n } posts. Risk: { $risk }. Trend: { $trend }.
finding-void = Many people ask something that nobody has answered yet.
finding-void-evidence = { $people } people, { $n } posts. Trend: { $trend }.
# $people posted the same text, $n times in all. $probability: that it needs checking.
finding-repeated = A text that likely needs checking is going round.
finding-repeated-evidence = { $people } people posted it, { $n } times in all; probability { $probability }.
# $name: a language.
finding-language = One language is clearly more negative: { $name }.
# $name: a hashtag.
finding-hashtag = One hashtag is clearly more negative: { $name }.
# $share: the share in it. $whole: the share of the whole day.
finding-group-evidence = { $share } of its posts are negative, { $whole } of the whole day’s; n = { $n }.
finding-no-mood = No mood today.
finding-nothing = Nothing unusual.
finding-nothing-evidence = No rule found a change, a text or a group that stands out; n = { $n }.


## Ways to act: the rules that choose among these sentences are in src/ways.rs

ways-title = What can be done
# $sources: names of sources.
way-sources = Find out why these sources were silent: { $sources }.
way-sources-why = Until they answer, part of the picture is missing.
way-sources-degraded = Too much is missing to compare this day with others: say nothing about a change of mood today.
# $topic: as under "Topics".
way-publish = Publish the answer today. Topic: { $topic }.
way-publish-why = Say what is right first, and name the rumour once at most.
way-find = Ask an expert for the answer today. Topic: { $topic }.
way-find-why = Many people have heard the rumour, and no answer is ready.
# $people: how many ask.
way-answer = Answer the question that { $people } people ask.
way-answer-why = Where nobody answers, rumours grow.
way-late = Finish what is late: { $actions ->
        [one] one action
       *[other] { $actions } actions
    }.
way-late-why = It was to be done by now.
way-look = Find out whether what is new is true.
way-look-why = Have an answer ready; do not repeat it in public before.
# $name: a language.
way-group = Say today’s message in their language too: { $name }.
way-group-why = The mood there is clearly more negative than on the whole.
way-check = Have somebody check the texts that go round.
way-check-why = The model only guesses; what people pass on is listed at the desk, not here.
way-nothing = Carry on as planned.
way-nothing-why = No rule found anything that needs an answer today.


## What cannot wait

urgent-title = This cannot wait
urgent-how = A rumour of high risk goes round. Agree on the answer today, then publish it.
urgent-call = Whom to call
urgent-nobody = Nobody is named in the settings (report.call).
urgent-whole = The whole bulletin of the day is beside this page: index.html.


## Key figures

figures-title = Key figures
figures-posts = Posts
# $texts: number of different texts.
figures-posts-note = { $texts ->
        [one] one different text
       *[other] { $texts } different texts
    }
figures-people = People
# $effective: a number, already written out.
figures-people-note = as if { $effective } people had posted equally often
figures-interval = interval { $interval }
figures-change = Negative share against the last 7 days
figures-n = Shares are of { $n ->
        [one] the one post
       *[other] the { $n } posts
    } that could be read. The interval is the range in which the true share most likely lies (95%).


## Numbers

# Between whole number and fraction, between thousands, behind a share, before what is less than zero.
# A mark that cannot be seen is written by its number: { "\u00A0" } is a space that keeps a number on one line.
number-decimal = .
number-group = ,
number-percent = %
number-minus = −


## Shares, changes and dates

# Between two numbers of an interval.
interval = { $low }–{ $high }
# A difference of shares with its interval. $count: the difference without its sign, only to choose a word by.
points = { $difference } { $count ->
        [one] point
       *[other] points
    } ({ $low } to { $high })
verdict-up = Up
verdict-down = Down
verdict-no-real-change = No real change
verdict-withheld = Not compared
# $days: days that can be compared, of $window.
withheld-too-few-days = only { $days ->
        [one] one day
       *[other] { $days } days
    } out of { $window } can be compared
withheld-too-few-posts = too few posts
withheld-low-coverage = too much of the day was not heard
withheld-other-model = the days before were read by another model
withheld-no-days = no earlier days yet
date = { $weekday } { $day } { $month } { $year }
date-short = { $day } { $month }
# Below a chart. $day and $month: numbers.
date-tick = { $day }/{ $month }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
# Used in narrow table cells.
time-minutes = { $minutes } min
time-hours = { $hours } h
time-hours-minutes = { $hours } h { $minutes } min
not-scored = not read


## Coverage

coverage-title = What was heard
coverage-caption = Sources on this day
coverage-no-record = There is no record of what was asked on this day.
coverage-answered-of = { $answered } of { $asked }
coverage-scored = { $scored } of { $n } posts could be read ({ $share }). The others are counted here and never guessed.
coverage-unsupported-language = Language not read or not recognised: { $n }
coverage-too-short = Too short, nothing left to read: { $n }
coverage-failed = Reading failed: { $n }
coverage-truncated = Read only in part because of their length: { $n }
# $groups: number of groups withheld. $people: the smallest number of people shown.
coverage-withheld = { $groups ->
        [one] One group is
       *[other] { $groups } groups are
    } not shown because fewer than { $people } people stand behind.
# What happened to a source. Never mix these up.
state-heard = heard
state-no-posts = answered: no posts
state-closed = closed by the platform
state-failed = failed to answer
state-not-asked = not asked


## Mood

mood-title = Mood
mood-negative = Negative
mood-neutral = Neutral
mood-positive = Positive
mood-caption = Shares of the day’s mood, n = { $n }
mood-legend = The thin line with ends is the 95% interval. The full width is 100%.
mood-legend-usual = The thin line with ends is the 95% interval. The upright line is the mean of the last 7 days. The full width is 100%.
mood-no-posts = There are no posts, so there is no mood to report.
mood-none-scored = None of the { $n } posts could be read, so there is no mood to report.
mood-too-few-people = The mood is withheld: fewer than { $people } people posted.
mood-no-baseline = There are no earlier days to compare with yet.
# $reason: why, e.g. "too few posts".
mood-withheld = Not compared with the last { $window } days: { $reason }.
mood-comparison-caption = Against the last { $window } days ({ $days } can be compared)
mood-negative-share = Negative
mood-balance = Balance: positive minus negative, in points
mood-change = { $verdict }: { $points }


## The last four weeks

# $days: how many days are drawn.
weeks-mood-caption = Negative and positive posts in the last { $days } days. The pale band is the 95% interval.
# $low, $high: shares with their intervals; $low_day, $high_day: their days.
weeks-mood-range = The negative share was lowest on { $low_day }, { $low }, and highest on { $high_day }, { $high }.
weeks-mood-gaps = { $days ->
        [one] One day has
       *[other] { $days } days have
    } no mood and left a gap.
weeks-volume-caption = Posts in the last { $days } days
weeks-volume-top = Most posts came on { $day }: { $n }.
weeks-volume-none = No day was heard.
weeks-volume-gaps = { $days ->
        [one] One day was
       *[other] { $days } days were
    } not heard. That is a gap, not a zero.
weeks-today = This day
weeks-before = Days before
weeks-missed = Not heard, or not all day
weeks-table = Numbers by day
weeks-no-mood = no mood
weeks-not-heard = not heard
weeks-complete = complete
weeks-partial = partial
weeks-no-data = no data
# A number in a chart stands for what happened on a day. $day: the day. $what: what happened.
weeks-event = { $day }: { $what }
weeks-marks = Numbers: events, listed under the curve of the mood
# A series that somebody else measured. $name: what. $source: who.
outside-caption = { $name }
outside-how = Measured by others ({ $source }). It is drawn beside the mood and never mixed with it.
outside-last = Last value, { $day }: { $value }.
column-value = Value


## Volume

volume-title = When people posted
volume-mean = { $n } posts. Mean of the last 7 days: { $mean } (comparable days: { $days }).
volume-caption = Posts by hour, { $timezone }
volume-negative = Most likely negative (lower part of a bar)
volume-other = Other posts
volume-missed = Hour not fully heard: posts may be missing
# $from and $to: times of the day.
volume-top = Most posts came between { $from } and { $to }: { $n }.
# $hours: hours, by their beginning.
volume-holes = The hours beginning at { $hours } were not fully heard. A low bar there does not mean that people were silent.
# $people: the smallest number of people.
volume-withheld = In hours with fewer than { $people } people the negative part is not shown.
volume-not-shown = not shown
volume-table = Numbers by hour


## Out of the ordinary

spikes-title = Out of the ordinary
finding-spike-volume = More posts than usual.
finding-spike-questions = More people than usual ask something.
finding-spike-narrative = Something that goes round spreads faster than usual.
# $today and $usual: numbers, already written out. $reason: the sentences of spikes-sum and spikes-since.
finding-spike-posts = Posts: { $today }; usual: { $usual }. { $reason }
finding-spike-people = People: { $today }; usual: { $usual }. { $reason }
# $sum: what speaks for a rise, added up. $threshold: from where it is flagged.
spikes-sum = Evidence { $sum }; flagged above { $threshold }.
# $since: a day and its month. $days: how many earlier days it was compared with.
spikes-since = Began to rise: { $since }; days compared with: { $days }.
spikes-caption = Higher than the weeks before let expect
spikes-what = What
spikes-today = Today
spikes-usual = Usual
spikes-rule = Rule and numbers
spikes-ears = EARS agree
spikes-ears-none = none
spikes-volume = Posts
spikes-negative = Share of negative posts
spikes-questions = People who ask something
# $tag: a hashtag.
spikes-tag = People who use { $tag }
# Before the answer, or that there is none.
spikes-narrative = People who speak of a rumour.
spikes-narratives = { $narratives ->
        [one] one narrative
       *[other] { $narratives } narratives
    }
# $n: how many numbers were compared.
spikes-none = Nothing is out of the ordinary. { $n ->
        [one] One number was
       *[other] { $n } numbers were
    } compared with the weeks before.
spikes-counted = { $narratives ->
        [one] One narrative that is only counted spreads
       *[other] { $narratives } narratives that are only counted spread
    } faster than usual.
spikes-how = Each number is compared with up to { $window } earlier days. Days that were not heard are left out; they are not zeros. Weekdays are allowed for. What speaks for a rise is added up over { $memory } days, and a sum above { $threshold } is flagged. Slow growth over weeks can be flagged too. EARS are three known rules that look at the seven days before (C1, C2, C3). They stand beside and flag nothing.
# $n: how many numbers were compared. $each: days to a false flag of one number; $days: of all of them.
spikes-chance = Chance flags a number on about one quiet day in { $each }, or less. { $n ->
        [one] One number was
       *[other] { $n } numbers were
    } compared, so expect at most about one false flag { $days ->
        [one] a day
       *[other] in { $days } days
    }.
# $what: what is not judged, one after another.
spikes-not-heard = Not judged, because too little was heard today: { $what }. That does not mean that all is quiet.
spikes-too-few-people = Not judged, because too few people stand behind it: { $what }.
# $needed: how many earlier days are needed.
spikes-too-few-days = Not judged yet, because fewer than { $needed } earlier days can be compared: { $what }. That does not mean that all is quiet.


## Languages, hashtags, sources

groups-title = Languages, hashtags, sources
groups-how = Compare the intervals, not the numbers. Where two intervals overlap, there may be no difference.
groups-by-language = By language
groups-by-hashtag = By hashtag
groups-by-source = By source
groups-whole-day = Whole day
groups-more-negative = more negative than the whole day
groups-more = { $groups ->
        [one] One more row is
       *[other] { $groups } more rows are
    } in report.json and in the tables.


## What needs checking

checking-title = What needs checking
needs-checking = Likely needs checking
checking-share = { $share } of the posts that could be read likely need checking; n = { $n }.
# $verdict: "Up", "No real change" …
checking-change = { $verdict } against the last 7 days (mean { $mean }): { $points }.
checking-none = There is no estimate of what needs checking on this day.
checking-how = “Likely needs checking” means that a model gives it a probability of { $threshold } or more. It is a reason to look, not a verdict. Check before you answer. When you correct a rumour, do not repeat it.
checking-no-repeated = No text was posted by enough different people to be shown.
# $texts: how many texts.
checking-not-repeated = { $texts ->
        [one] Several people posted a text that likely needs checking or repeats a rumour. It is not repeated here.
       *[other] Several people posted texts that likely need checking or repeat a rumour: { $texts }. They are not repeated here.
    }
checking-repeated-caption = Other texts that most people posted, without names
checking-unlikely = { $probability } – below the threshold
# $full: what the whole width of a bar stands for.
checking-by-hashtag = Likely needs checking, by hashtag (full width of the bars: { $full })


## Narratives and rumours

rumours-title = Narratives and rumours
rumours-how = The answer stands first. Share the answer, not the rumour. Nobody is named here, and no post is shown or linked.
rumours-none = Nothing that should be told went round among enough people on this day.
rumours-not-searched = This day was not searched for rumours and questions. That does not mean that there were none.
# $about: a topic as under "Topics", or typical words.
rumours-no-answer = No answer yet: { $about }
# $host: whose page it is.
rumours-answer-elsewhere = Answered by { $host }: { $about }
rumours-risk = Risk: { $risk }
rumours-risk-by-person = Risk: { $risk } (a person set risk or level)
rumours-claimed = What goes round
rumours-words = Typical words
rumours-checked = Checked
# $publisher: the site of those who checked it.
rumours-checked-by = Checked by { $publisher }
rumours-level = What to do
# $level: what to do, as below.
rumours-find-answer = First find the answer. { $level }
rumours-action = What is being done
rumours-result = What came of it
rumours-link = The answer in full
rumours-posts = Posts
rumours-posts-texts = { $n }, in { $texts ->
        [one] one wording
       *[other] { $texts } different wordings
    }
rumours-people = People
rumours-people-note = { $people }, as if { $effective } people had posted equally often
rumours-stances = What the posts do
rumours-stance-counts = repeat it { $repeats }, deny it { $rebuts }, take no side { $mentions }
# $share: of the posts that take a side.
rumours-rebut-share = { $share } of those that take a side deny it
rumours-trend-label = Trend
# $trend: as below. $pace: one of the next two.
rumours-trend = { $trend }, { $pace }
# $ratio: posts today for each post on a usual day of its past. $interval: its 95% interval.
rumours-velocity = { $ratio } times as many posts as on an earlier day ({ $interval })
rumours-velocity-least = at least { $low } times as many posts as on an earlier day
rumours-first-seen = First seen
rumours-sources = Where
rumours-langs = Languages
# $list: the largest, named. $more: how many are not named.
rumours-and-more = { $list } and { $more } more
rumours-status = Status
# $who: the code of a person. $day: a date.
rumours-decided = { $status } (by { $who }, { $day })
rumours-decided-by = { $status } (by { $who })
rumours-history = Posts that do not deny it in the last { $days } days, today in dark; most on { $day }: { $n }.
rumours-history-gaps = { $days ->
        [one] One day was
       *[other] { $days } days were
    } not heard and left blank.
# $n: posts today. $trend: as below.
rumours-multiple = today { $n }, { $trend }
# $rules: the rules with their numbers.
rumours-because = Rules that decided: { $rules }.
rumours-more = { $lines ->
        [one] One more is
       *[other] { $lines } more are
    } in report.json.
rumours-ignored = { $lines ->
        [one] One more with little spread is
       *[other] { $lines } more with little spread are
    } watched and not told here. Telling what few have heard would help it spread.
rumours-withheld = { $lines ->
        [one] One rumour or question is
       *[other] { $lines } rumours and questions are
    } not shown because fewer than { $people } people stand behind.
rumours-rules = Fixed rules compute the risk. They ask how many people post it, how it spreads and whether it grows. They also ask what was found by those who checked it. Many denials lower the risk. What a person decided stands above the rules. The limits are: { $rules }.
# A rule with its limit; a number, and the limit it was held against.
rule-value = { $name }: { $value }
rule-held-against = { $name }: { $value } (rule: { $threshold })
# Rules as risk.toml names them, then what they measure and find. A name without a line here is shown as it is.
rule-circulating-posts = circulates from posts
rule-circulating-people = circulates from people
rule-wide-people = wide from people
rule-wide-effective-authors = wide from equally active people
rule-wide-signs = signs that it is wide, of five
rule-wide-share-of-day = sign: share of the day’s posts
rule-wide-sources = sign: sources
rule-wide-langs = sign: languages
rule-wide-unique-texts = sign: different wordings
rule-wide-days-alive = sign: days since first seen
rule-threat-little-below = little threat below a mean probability of
rule-threat-serious-from = serious threat from a mean probability of
rule-growth-days = days needed to compare
rule-growth-rising = rising above times
rule-growth-falling = falling below times
rule-growth-or-share-of-day = high without growth from a share of the day’s posts of
rule-rebuttals-share = lowered from a share of denials of
rule-days = heard days before
rule-rising = times an earlier day’s posts
rule-falling = times an earlier day’s posts
rule-little-below = mean probability that it needs checking
rule-serious-from = mean probability that it needs checking
rule-or-share-of-day = share of the day’s posts
rule-share = share of denials
rule-posts = posts
rule-people = people
rule-effective-authors = equally active people
rule-signs = signs that it is wide
rule-share-of-day = share of the day’s posts
rule-sources = sources
rule-langs = languages
rule-unique-texts = different wordings
rule-days-alive = days since first seen
rule-rebut-share = share of denials
rule-velocity = times an earlier day’s posts, at least
rule-needs-checking = mean probability that it needs checking
rule-verdict = threat by its verdict
rule-little = little
rule-some = some
rule-serious = serious
rule-narrow = few have heard it
rule-circulates = it circulates
rule-wide = it is widely spread
rule-not-wide = it is not widely spread
rule-new = it is new, days
rule-rises = it grows, at least times
rule-does-not-grow = it does not certainly grow
rule-overwhelms = share of the day’s posts, even without growth
rule-rebutted = share of denials lowers it
rule-doubtful = its posts mostly need checking
rule-seldom-doubtful = its posts seldom need checking
rule-other-topic = its topic touches no health decision
rule-answered = there is an answer
rule-unanswered = there is no answer yet
rule-cause = origin and spread
rule-illness = the illness
rule-treatment = prevention, treatment, vaccines
rule-intervention = measures and rules
rule-information = information and its sources
risk-high = high
risk-medium = medium
risk-low = low
# What is suggested, and what it means.
level-direct = Answer directly: say openly what is right, and name the rumour once at most.
level-passive = Have the answer ready and publish it without naming the rumour.
level-ignore = Do nothing that would make it better known.
level-word-direct = answer directly
level-word-passive = answer without naming it
level-word-ignore = leave alone
trend-new = new
trend-rising = rising
trend-steady = steady
trend-falling = falling
trend-unclear = unclear, too little was heard
status-open = open
status-answered = answered
status-closed = closed
# What those who checked it found. A verdict without a line here is shown in their own words.
checked-true = true
checked-mostly-true = mostly true
checked-mixed = partly true, partly false
checked-mostly-false = mostly false
checked-false = false
checked-unproven = not proven
checked-satire = satire
# Topics
topic-cause = origin and spread
topic-illness = the illness
topic-treatment = prevention, treatment, vaccines
topic-intervention = measures and rules
topic-information = information and its sources
topic-none = not sorted yet
# Who decided, where it was no person.
who-rules = the rules


## Questions and information voids

voids-title = Questions and information voids
voids-how = An information void is a question that neither a known fact nor an official message answers. Rumours grow there, so answer these first.
voids-all-answered = Every question that enough people ask has an answer. Make it easier to find.
voids-no-questions = No question was asked by enough people to be shown.
voids-open = Not answered yet
voids-likely = There may be an answer: check that it fits
voids-answered = An answer exists
voids-nobody = Nobody has answered this yet.
voids-answered-elsewhere = There is an answer:
voids-no-words = (no typical words)
voids-more = { $questions ->
        [one] One more is
       *[other] { $questions } more are
    } in report.json.


## Changes in the rumour log

changes-title = Changes in the rumour log
changes-none = Nothing was opened, changed or closed today.
changes-counts = Opened: { $opened }. Changed: { $changed }. Closed: { $closed }.
changes-caption = What changed, by the answer that it concerns
changes-field = { $field }: { $what }
changes-from-to = { $before } → { $after }
changes-taken-away = { $before } → nothing
changes-more = { $changes ->
        [one] One more change is
       *[other] { $changes } more changes are
    } in report.json.
changes-ignored = { $changes ->
        [one] One change concerns
       *[other] { $changes } changes concern
    } what has little spread, and only the count is told.
change-opened = opened
change-status = status
change-risk = risk
change-level = what to do
change-action = action
change-result = result
change-verdict = verdict
change-withdrawn = withdrawn


## Topics, rising hashtags

topics-title = Topics
topics-how = What rumours, narratives and questions of the day are about. A post that touches two of them counts twice; most posts touch none.
topics-caption = By topic
tags-title = Hashtags on the rise
tags-how = These rise beside your hashtags and are not followed. Nothing is ever added by itself: you decide.
tags-caption = Not followed yet


## Beside the numbers: revisions, actions, and the page of a week

# What a new version of a day changed. $what: some of the next ones, with "; " between them.
revision-line = Version { $revision } of this day: { $what }.
# $n: how many posts more, or fewer, than in the version before.
revision-late-posts = { $n ->
        [one] one late post
       *[other] { $n } late posts
    }
revision-fewer-posts = { $n ->
        [one] one post fewer
       *[other] { $n } posts fewer
    }
revision-edits = posts were edited
revision-claims = posts were matched with other claims
revision-coverage = more is known of what was heard
revision-reviews = people reviewed posts of this day
revision-model = another model read the posts
revision-settings = the settings were changed
revision-days-before = the days that it is compared with changed
# $before, $after, $share: shares in whole per cent.
revision-negative = negative share { $before } → { $after }
revision-negative-still = negative share still { $share }
# $files: what should have stood on this page, as in the next three.
header-unread = Missing on this page, because its file could not be read: { $files }.
beside-events = the events
beside-outside = what others measured
beside-actions = the list of actions
actions-title = What is being done
# $open: actions going on. $late: those of them that are late. $closed: done or given up.
actions-counts = Going on: { $open }, of which late: { $late }. Done or given up: { $closed }.
actions-none = Nothing is on the list: nothing going on, nothing done.
# $day: a date. The captions of five tables.
actions-late = Late: not done by the end of { $day }
actions-due-next = Due on { $day }
actions-opened = Newly decided
actions-closed = Done or given up
actions-open = Going on
actions-no-due = no date
actions-more = { $actions ->
        [one] One more is
       *[other] { $actions } more are
    } in report.json.
actions-counted = { $actions ->
        [one] One more action concerns
       *[other] { $actions } more actions concern
    } what has little spread, and only the count is told.
action-open = not begun
action-doing = begun
action-done = done
action-dropped = given up
column-action = What
column-owner = Who
column-due = By
column-note = How it goes
column-day = Day
column-days = Days
column-days-by-state = Days
column-heard = Heard
column-risk = Risk
column-level = What to do
column-this-week = This week
column-week-before = Week before
week-title = Weekly public mood bulletin
# Title of the browser's window. $week: as in the next one.
week-page-title = Public mood, { $week }
week-name = week { $number } of { $year }
week-days = { $from } to { $upto }
week-heard = Days heard as a whole: { $whole }. In part: { $part }. Not at all: { $none }.
week-posts = { $n } posts. Mean of a day that was heard: { $mean }. Days that were not heard are left out.
week-posts-before = The week before: { $mean } posts a day.
week-mood-title = Mood of the week
week-mood-caption = Mean of the { $days ->
        [one] one day
       *[other] { $days } days
    } that can be compared, n = { $n }
week-no-mood = No day of this week has enough posts to tell a mood.
# $reason: one of the next four.
week-not-compared = Not compared with the week before: { $reason }.
week-no-week-before = there is no week before yet
week-too-few-days = too few days of this week can be compared
week-too-few-days-before = too few days of the week before can be compared
week-other-model = the week before was read by another model
week-daily = Day by day
week-day-whole = as a whole
week-day-part = in part
week-day-quiet = as a whole: no posts
week-day-none = not heard
week-day-no-record = no record
week-day-other-model = read by another model
week-day-left-out = not in the mean: { $reason }
week-corrected = People reviewed posts of some days. Here all days stand as the model reads them, so that they can be compared.
week-not-searched = No day of this week was searched for rumours and questions. That does not mean that there were none.
week-rumours-none = Nothing that should be told went round among enough people in this week.
week-rumours-how = Each line tells what was known on the last day on which it was heard. The answer stands first: share the answer, not the rumour.
week-rumours-caption = What went round, by the answer to it
week-rumours-withheld = On some days rumours or questions are not shown because fewer than { $people } people stand behind.
week-decided-title = What was decided
week-decided-none = Nothing was opened, changed or closed in the rumour log in this week.
week-coverage-caption = Sources in this week
week-no-record = There is no record of what was asked in this week.
week-method-mean = The share of a week is the mean of its days. Days with too few posts, and days of which too much was missed, are left out.
week-method-change = Two weeks are called different only if the interval of their difference does not contain zero.
# $week: as in 2020-W11.
week-method-again = The same data and settings give this page again, byte for byte: polso report --week { $week }
week-method-data = Data of { $day }


## Sites

sites-title = Sites that people linked to
sites-caption = Sites by number of people
sites-how = Whole addresses are left out on purpose. Some of them lead to what goes round.


## How good the labels are

quality-title = How good the labels are
quality-none = Nobody has reviewed a sample of this period yet. So it is not known how often the labels are right here. “polso review sample” draws one.
# $since, $upto: dates.
quality-how = People reviewed a sample of posts from { $since } to { $upto }. In brackets: the range in which the true value most likely lies (95%).
quality-terms = Kappa says how far two agree beyond chance. 0 is no better than chance, 1 means always. Where reviewers hardly agree among themselves, no model can be right.
quality-too-few = too few
quality-no-kappa = –
task-sentiment = Mood
task-needs-checking = Needs checking
task-question = Questions
task-stance = Repeats or denies
# Labels by their name. A label without a line here is shown as it is.
label-all = All labels
label-negative = negative
label-neutral = neutral
label-positive = positive
label-yes = yes
label-no = no
label-repeats = repeats it
label-rebuts = denies it
label-mentions = takes no side


## Shares

withheld-too-few-authors = too few people posted
mood-counts-texts = Each different text counts once here, however often it was copied.
mood-counts-authors = Each person counts once here, however much they posted.
method-change-none = A change is called a change only if the interval of the difference does not contain zero. If there are too few posts, people or hours that were heard, nothing is compared: so it is today.
method-more = The method, with its trials and its limits, is described in the project, in docs/method.md.


## Method and limits

method-title = Method and limits
method-limits-heading = What this report cannot say
method-not-a-poll = It is not a poll. It speaks of those who posted in public under these hashtags, not of the population.
method-not-heard = Not heard are people who are not on these platforms, who post in private groups or who only read. Whole age groups and places are rare there, too.
method-not-false = Of itself it never says that something is false. It says what somebody should check. Where a verdict stands, those who checked it are named.
method-languages = Only languages that the model has learnt are read. The others are counted under “What was heard”.
method-how-heading = How the numbers are made
# $tags: the hashtags followed.
method-what = Read were public posts under { $tags }, each post once.
method-what-any = Read were all public posts that were collected or imported for this day, each post once.
method-shares = The model gives each post a probability of being negative, neutral and positive. Shares are estimated from these probabilities and from posts whose mood is already known, language by language. Labels are not counted.
method-interval = The interval (95%) says how far a share could be off. There are two reasons: these people posted and not others, and the posts whose mood is known are few. To find it, people and known posts are drawn again and again. It does not cover new ways of saying things that the model has never seen.
method-rounding = Shares are written as exactly as their interval allows. If it reaches one point or more to each side, they are whole numbers, else they have one decimal. So sums can be off by one.
# $comparisons: differences on the page.
method-change = A change is called a change only if the interval of the difference does not contain zero. The interval is the wider, the more comparisons a page makes: here { $comparisons }. If there are too few posts, people or hours that were heard, nothing is compared.
method-threshold = “Likely needs checking” begins at a probability of { $threshold }.
method-bottom-line = Fixed rules choose the bottom line, at most three findings. Gaps come first, then rumours to be answered directly, then changes. After them comes what nobody has answered yet, then texts and groups that stand out.
method-privacy-heading = People
method-withheld = Groups of fewer than { $people } people are not shown.
method-never-stored = Never stored: names, handles, addresses, telephone numbers, profile links. Accounts become numbers that cannot be turned back without a secret key.
method-again = The same data and settings give this page again, byte for byte: polso report --day { $day }
method-query = Query
method-model = Model
method-estimate = Estimate
method-config-hash = Fingerprint of the settings
method-data-hash = Fingerprint of the data


## Data

annex-title = The data behind this page
annex-caption = Files, by their place in the data folder
annex-report = every number of this page
annex-measures = shares, counts and intervals as a table
annex-summary = the whole summary of the day
annex-observations = one row a post, without names
annex-ledger = what was asked and heard, by the hour
annex-in-file = named in the file


## What is told by mail and in chats

# Subjects. $day: the date. $revision: 2 for the first correction, and so on.
tell-report = Public mood on { $day }
tell-report-partial = Public mood on { $day }: some of the day was not heard
tell-report-no-data = Public mood on { $day }: no data
tell-revision = Public mood on { $day }, corrected: version { $revision }
# $what: what is out of the ordinary, as under "Out of the ordinary".
tell-spike = More than usual: { $what }
tell-spike-numbers = Today { $today }, usually { $usual }.
tell-failed = No new report for { $day }
tell-failed-kept = The run failed. The reports of other days are as they were.
# Before a message of the program, which is in English.
tell-failed-why = For those who run polso:
tell-test = A test: messages from polso arrive here
tell-test-line = Nothing happened. Somebody tried whether you can be reached.
tell-see = Read the whole page
tell-foot = Sent by polso. It holds published numbers only, and no names. Nobody reads answers to this message.


## Heads of table columns

column-read = Posts read
column-topic = Topic
column-rumours = Rumours
column-rumour-posts = Posts about them
column-questions = Questions
column-asking-posts = Posts that ask
column-usual-posts = Usual a day
column-file = File
column-contents = Contents
column-schema = Schema
column-source = Source
column-state = State
column-kept = Posts kept
column-answered = Answered
column-missed = Missed
column-set-aside = Set aside
column-measure = Share
column-today = Today
column-mean = Mean
column-verdict = Difference
column-hour = Hour
column-posts = Posts
column-negative-posts = Most likely negative
column-language = Language
column-hashtag = Hashtag
column-negative = Negative
column-positive = Positive
column-people = People
column-text = Text
column-checking = Likely needs checking
column-site = Site
column-question = What people ask, by typical words
column-answer = Answer
column-trend = Trend
column-about = About
column-change = Change
column-who = Who
column-label = Label
column-reviewed = Reviewed
column-precision = Right where the model says so (precision)
column-recall = Found of all there are (recall)
column-kappa = Model against people (kappa)
column-reviewers = Reviewers among themselves (kappa)


## Languages by their code. A code without a line here is shown as it is.

lang-it = Italian
lang-en = English
lang-fi = Finnish
lang-sv = Swedish
lang-de = German
lang-fr = French
lang-es = Spanish
lang-pt = Portuguese
lang-nl = Dutch
lang-da = Danish
lang-et = Estonian
lang-ca = Catalan
lang-pl = Polish
lang-ro = Romanian
lang-all = all languages
lang-und = not recognised
