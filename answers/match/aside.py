"""Messages that no passage can answer: small talk, a cry for help, the asker's own case, an order to an assistant.

Rule: a question about the world is never taken for one. Nearly every row needs an "I", "my" or "you", or has to be the
whole message; what a row leaves open is a question for the record. Rows of all languages are read, since a message of
one or two words tells none.
"""

import re
from collections.abc import Iterable
from functools import cache

from answers.model import Aside
from answers.text.normalise import words

_LONGEST = 300
_NOUNS = """visa passport pension flight ticket job salary benefits? refund rent mortgage loan insurance application
    appeal claim appointment luggage baggage bank account card credit bill bills paycheck taxes tax reservation hotel order package"""
_FAMILY = "son|daughter|brother|sister|husband|wife|father|mother|dad|mom|mum|child|children|kids?|family|parents?|boyfriend|girlfriend|friend|cousin|grandmother|grandfather"
_OURS = "calendar|(?:\\w+ )?list|playlist|alarm|alarms|reminders?|schedule|phone|music|lights?|timer|texts?|messages|emails?"
_ASKED = r"(?:please |can you |could you |would you |will you |i (?:want|need|would like|'d like) you to |i (?:want|need|would like) to |let's |go ahead and )*"

# Rows are patterns of folded words with single blanks between them. "^" and "$" are the ends of the message, from which
# a greeting was taken off. `NOUNS`, `FAMILY`, `OURS` and `ASKED` stand for the lists above.
_ROWS: tuple[tuple[Aside, str], ...] = (
    (
        Aside.DISTRESS,
        r"""\b(?:i'm|i am|im|i feel) (?:so |very |really |too |just )*(?:scared|afraid|terrified|frightened|panicking|desperate|hopeless|anxious|overwhelmed|suicidal)\b(?! that)
        \bi (?:want|wish|am going|'m going) to (?:die|kill myself|end (?:it all|my life))\b
        \b(?:kill|hurt|harm) myself\b
        \bi (?:can't|cannot|can not) (?:cope|go on|sleep|take it|breathe|stop (?:crying|worrying))\b
        \bi (?:am having|have|'m having) (?:a )?(?:panic|anxiety) attacks?\b
        \bi have (?:a lot of |so much )?(?:stress|anxiety)\b
        \bam i going to die\b
        \bwill i die\b
        \bi (?:worry|am worried|'m worried) (?:about|for) my (?:mental health|life)\b
        ^(?:мені (?:дуже )?страшно|я (?:дуже )?боюся|я не хочу жити|хочу померти)\b
        ^(?:мне (?:очень )?страшно|я (?:очень )?боюсь|я не хочу жить|хочу умереть)\b
        ^(?:bardzo )?(?:boję się|nie chcę żyć|chcę umrzeć)\b
        ^(?:mi-e|mi e) (?:foarte )?frică\b
        ^îmi este (?:foarte )?frică\b
        ^(?:ich habe (?:große |solche )?angst|ich will (?:nicht mehr leben|sterben))\b
        ^(?:j'ai (?:très )?peur|je veux mourir)\b
        ^(?:tengo (?:mucho )?miedo|quiero morir)\b""",
    ),
    (
        Aside.SAFETY,
        r"""\bshould i (?:leave|evacuate|flee|hide|run|stay|travel|fly|pack|stock up|panic|worry|be (?:worried|afraid|scared)|cancel my|move|go (?:home|to ukraine|outside|there))\b
        \bshould we (?:evacuate|flee|hide|stock up|pack|leave (?:home|the (?:country|city|house)|our|my|now|town))\b
        \bis it (?:still |currently |really )?safe (?:for (?:me|us|my \w+) )?(?:to (?:travel|go|fly|stay|live|visit|return|move|be)(?: back)? (?:to|in|into|home|here|there|now|outside|at)|for (?:me|us)|here|to (?:visit|travel|fly)$|to (?:visit|travel to) \w+)
        \b(?:am i|are we) (?:still )?(?:safe|in danger|at risk)\b
        \bwhat (?:should|can|must|do|shall) (?:i|we) do (?:if|when|in case|now|during)\b.*\b(?:bomb|bombs|bombing|shelling|shooting|missiles?|rockets?|sirens?|attack|attacked|attacks|war|nuclear|explosions?|soldiers|invade|invaded|invasion|hurt|injured|fire|emergency|air raid)\b
        \b(?:where|how far) (?:is|are|can i find|do i find) (?:the |a |my )?(?:nearest |closest |safe )?(?:bomb |air raid )?shelters?\b
        \b(?:nearest|closest) (?:bomb |air raid )?(?:shelter|hospital|bunker)\b
        \bwhere (?:can|should|do) (?:i|we) (?:hide|shelter|flee|evacuate|go (?:if|when|to be safe|to hide))\b
        \bhow (?:do|can|should) (?:i|we) (?:protect (?:myself|ourselves|my)|survive|evacuate|get out of|escape|stay safe|prepare for|leave (?:ukraine|the))\b
        \bhow to (?:survive|evacuate|stay safe|prepare for (?:war|an? (?:attack|invasion|bombing)))\b
        \bi (?:am|'m|was) (?:hurt|injured|wounded|bleeding|trapped|shot|in danger|under (?:fire|attack))\b
        \b(?:i'm|im) (?:hurt|injured|wounded|bleeding|trapped|in danger|under (?:fire|attack))\b
        ^(?:help|help me|sos|please help(?: me)?|i need help|this is an emergency|emergency|it is an emergency|call (?:an ambulance|the police|911|112))$
        \b(?:first aid|stop (?:the |a )?bleeding|(?:emergency|ambulance) number)\b
        ^(?:що (?:мені|нам) робити|куди (?:мені|нам) (?:тікати|їхати|йти)|чи безпечно (?:мені|нам|їхати)|де (?:найближче )?(?:укриття|бомбосховище)|допоможіть$)
        ^(?:что (?:мне|нам) делать|куда (?:мне|нам) (?:бежать|ехать|идти)|безопасно ли (?:мне|нам|ехать)|где (?:ближайшее )?(?:убежище|бомбоубежище)|помогите$)
        ^(?:co (?:mam|mamy) (?:robić|zrobić)|czy (?:mam|powinienem|powinnam) (?:wyjechać|uciekać)|gdzie jest (?:najbliższy )?schron|pomocy$)
        ^(?:ce (?:să fac|fac|facem) dacă|unde este (?:cel mai apropiat )?adăpost|ar trebui să plec|ajutor$)
        ^(?:was soll(?:en)? (?:ich|wir) (?:tun|machen)|soll ich (?:fliehen|gehen|ausreisen|abreisen)|wo ist (?:der|ein|der nächste) (?:schutzraum|bunker)|hilfe$)
        ^(?:que dois-je faire|que dois je faire|dois-je (?:partir|fuir|évacuer)|dois je (?:partir|fuir|évacuer)|où est (?:l'abri|un abri)|au secours$)
        ^(?:qué (?:debo|hago) (?:hacer )?si|debo (?:irme|huir|evacuar)|dónde (?:está|hay) (?:el |un )?refugio|ayuda$)""",
    ),
    (
        Aside.ABUSE,
        r"""^(?:you (?:are |re )?|you're |u r |this (?:bot )?is |such a )?(?:a |an |so |really |fucking )*(?:idiot|stupid|dumb|moron|useless|garbage|bullshit|stupid bot|dumb bot|useless bot|piece of shit|liar|crap)(?: bot)?$
        ^(?:fuck(?: you| off| this)?|fuck u|shut up|go to hell|screw you|asshole|bitch|stfu|wtf)$
        ^(?:i need you to stop talking|stop talking)$
        ^(?:иди на хуй|пошел нахуй|дурак|тупой бот|дурень|тупий бот|kurwa|spierdalaj|du idiot|arschloch|connard|ta gueule|idiota|idiot ești)$""",
    ),
    (
        Aside.ABOUT_BOT,
        r"""^(?:who|what) (?:exactly )?are you$
        ^what (?:is |are )?your (?:name|purpose|job|age|favou?rite \w+|sources?|opinion|pet|pets|hobby|hobbies|birthday|function|accent)\b
        ^(?:do you mind if i ask|may i (?:ask|know)|tell me|i want to know) your (?:name|age)$
        ^(?:so )?(?:are you|could you be|you are|is this|am i (?:talking|speaking|chatting) (?:to|with)|is it) (?:really |just |actually )*(?:a |an |the )?(?:real |actual |live )?(?:(?:human|robot|bot|ai|person|machine|computer|chatbot|chatgpt|man|woman)\b|(?:real|alive|reliable|trustworthy|fake)$)
        ^are you (?:real|there|sentient|alive|biased|neutral|russian|ukrainian|american|reliable|accurate|online|working)$
        ^(?:is|are) [\w.]+(?: news)? (?:really |just |only |even |actually |a |an )*(?:fake news|biased|reliable|trustworthy|credible|propaganda|legit)(?: sources?| outlets?)?$
        ^(?:can|should) (?:i|we|you|one) (?:really )?(?:trust|believe) [\w.]+ news$
        ^who (?:made|created|programmed|built|designed|developed|owns|runs|trained|wrote|pays|funds|operates|controls) (?:you|this bot|this)$
        ^who (?:is )?your (?:boss|superior|maker|creator|owner|manager|master)$
        ^(?:who|what company) do you work for$
        ^(?:what|which) (?:all |else |kinds? of (?:things|questions) |sort of (?:things|questions) |things |questions |languages )*(?:can|do) (?:you do|you know|you speak|you understand|you answer|you help|i ask)(?: (?:for me|with|me|about|you|the ai|this bot|here|exactly))*$
        ^(?:how|what) can you (?:help|do)\b.{0,20}$
        ^how (?:does|do) (?:this|this bot|it|you|the bot) work$
        ^(?:how do i use|how to use|what is) this(?: bot)?$
        ^(?:where|how) do you get your (?:information|news|answers|data|facts|info)\b
        ^(?:can|should|why should) i (?:trust|believe) (?:you|this|this bot|your \w+)$
        ^(?:is|are) (?:this|this bot|your answers|you) (?:fake|real|true|trustworthy|reliable|biased|official|propaganda|up to date)$
        ^how (?:old|tall|smart|accurate|reliable) are you$
        ^(?:where|what (?:place|country|city|state)) (?:are you|do you (?:come|live)|were you (?:made|born|built|created)|do you call home)\b.{0,12}$
        ^(?:do you (?:speak|understand|like|have|keep|enjoy|store|sleep|eat|dream)|what do you (?:find fun|like|do)|what (?:types? of )?pets?) .{0,40}$
        ^do you think (?:my|that|you|i) .{0,40}$
        ^(?:хто ти|ти (?:бот|людина)|що ти вмієш|хто тебе (?:зробив|створив)|як це працює|як ти працюєш)\b
        ^(?:кто ты|ты (?:бот|человек|робот)|что ты умеешь|кто тебя (?:сделал|создал)|как это работает|как ты работаешь)\b
        ^(?:kim jesteś|czy jesteś (?:botem|człowiekiem)|co potrafisz|kto cię stworzył|jak to działa)\b
        ^(?:cine ești|ești (?:un )?(?:robot|bot|om)|ce poți face|cine te-a (?:creat|făcut)|cum funcționează)\b
        ^(?:wer bist du|bist du (?:ein )?(?:bot|mensch|roboter|ki)|was kannst du|wer hat dich (?:gemacht|programmiert)|wie funktioniert (?:das|dieser bot))\b
        ^(?:qui (?:es-tu|es tu|êtes-vous|êtes vous)|(?:es-tu|es tu|êtes-vous|êtes vous) (?:un )?(?:robot|humain|bot)|que (?:sais-tu|sais tu|peux-tu|peux tu) faire|comment ça (?:marche|fonctionne))\b
        ^(?:quién eres|eres (?:un )?(?:robot|bot|humano)|qué puedes hacer|quién te (?:hizo|creó)|cómo funciona(?:s| esto)?$)""",
    ),
    (
        Aside.PERSONAL,
        r"""\bmy (?:\w+ )?(?:NOUNS)\b
        \b(?:do|did|does|will|would|can|could|should|has|have|is|are|was|if|when|how|where|what) (?:\w+ ){0,3}my (?:\w+ )?(?:FAMILY)\b
        ^my (?:\w+ )?(?:FAMILY) (?:is|are|was|has|have|lives?|serves|went|got)\b
        \b(?:will|could|can|might) i be (?:drafted|called up|conscripted|mobili[sz]ed|sent|paid|deported|fired|charged|permitted|allowed)\b
        \bam i (?:eligible|obliged|required|entitled|allowed|infected|contagious)\b
        \b(?:can|could|do|will|should|how do|how can|where can|where do|when will|may) i (?:get|claim|apply|request|receive|qualify|renew|report|cancel|return|enlist|volunteer|donate|need)\b.{0,20}\b(?:refund|asylum|visa|passport|compensation|benefits?|aid|permit|residence|citizenship|a loan|to the army|the army|shots|my)\b
        \bдоля мо(?:го|єї|їх)\b
        \b(?:мій|моя|мої|мого|моєї|моєму) (?:\w+ )?(?:син|сина|чоловік|чоловіка|брат|брата|мама|тато|віза|паспорт|пенсія|рейс)\b
        \b(?:мой|моя|мои|моего|моей|моему) (?:\w+ )?(?:сын|сына|муж|мужа|брат|брата|мама|папа|виза|паспорт|пенсия|рейс)\b
        \b(?:mój|moja|moje|mojego|mojej) (?:\w+ )?(?:syn|syna|mąż|męża|brat|brata|mama|tata|wiza|paszport|emerytura|lot)\b
        \b(?:fiul|soțul|fratele|mama|tatăl|viza|pașaportul|pensia|zborul) me(?:u|a)\b
        \bmein(?:e|en|em|er)? (?:\w+ )?(?:sohn|mann|frau|bruder|vater|mutter|visum|pass|rente|flug)\b
        \bm(?:on|a|es) (?:\w+ )?(?:fils|mari|femme|frère|père|mère|visa|passeport|retraite|vol|enfants?|parents?)\b
        \bmi (?:\w+ )?(?:hijo|hija|marido|esposa|hermano|padre|madre|visa|pasaporte|pensión|vuelo)\b""",
    ),
    (
        Aside.COMMAND_LIKE,
        r"""^ASKED(?:set|start|cancel|stop|snooze) (?:a|an|the|my) (?:\w+ )?(?:timer|alarm|alarms|reminder|warning)\b
        ^ASKED(?:remind|wake|text|message|email) (?:me|my|mom|dad)\b
        ^ASKED(?:play|skip|pause|shuffle|turn up|turn down) (?:some|me|the|a|this|that|next|my|over|music|song|songs)\b
        ^ASKED(?:next|previous) (?:song|track)\b
        ^ASKED(?:tell|sing|read|write|give) (?:me )?(?:a|an|another|some) (?:\w+ )?(?:joke|jokes|story|song|poem|essay|riddle|recipe|fun suggestions|code|fun fact)\b
        ^ASKED(?:translate|spell|define|calculate|convert|flip a coin|flip coin|toss a coin|roll (?:a|the|some) (?:dice|die)|sing)\b
        ^(?:can you |could you |would you |please )+(?:translate|roll|flip|sing|call|text|schedule|reserve|order|buy|add|book|spell|repeat|change|turn|open|find me|look up)\b
        ^ASKED(?:book|order|reserve|schedule|buy) (?:me |an? |the |my |your |some |uber|two )+\w
        ^ASKED(?:turn|switch) (?:on|off|up|down|the|my|to|language)\b
        ^ASKED(?:add|put|remove) .{1,60} (?:to|on|from) (?:my|the) (?:OURS)\b
        ^ASKED(?:call|dial|phone) (?:me|my|mom|dad|aj|an uber|a taxi)\b
        ^ASKED(?:send|share) (?:a|an|my|this) (?:\w+ )?(?:text|email|message|location)\b
        ^ASKED(?:change|use|speak|talk|answer|respond) (?:your (?:name|language|accent|voice)|in (?:a|an) \w+ accent)\b
        ^ASKED(?:change|switch) (?:the |your )?(?:response )?language\b
        \b(?:your name (?:to be|changed|is)|call you \w+)\b
        ^(?:what|check|show|read|clear|update|is|do|did) .{0,40}\bmy (?:\w+ )?(?:OURS)\b
        ^what (?:is |are )?(?:the )?(?:time|date|weather|temperature|forecast)(?: (?:is it|like|now|today|tomorrow|outside|here|right|in|at|for|this|please)\b.{0,40})?$
        ^(?:what time is it|how late is it|what time of day is it|what day is (?:it|today)|how is the weather|is it (?:raining|snowing|cold|hot|sunny)|will it (?:rain|snow))\b
        ^(?:what (?:is )?|how much is |calculate |solve )*\d[\d.]* (?:plus|minus|times|divided by|multiplied by|over|percent of) \d
        ^(?:what is the )?(?:square root|derivative|integral) of\b
        ^ASKED(?:ignore|forget|disregard|repeat|reveal|print) (?:all |your |the |my |previous |above |any |system )+(?:instructions?|prompt|rules|question)\b
        ^(?:pretend|act as|roleplay|imagine you are|you are now)\b
        ^(?:command cancel|cancel|how to cancel|restore factory settings|sync with my phone|repeat that|say that again|never mind|nevermind)$
        ^(?:переклади|поставь таймер|постав таймер|включи музыку|увімкни музику|переведи|розкажи анекдот|расскажи (?:анекдот|шутку)|яка погода|какая погода|котра година|который час)\b
        ^(?:przetłumacz|opowiedz (?:mi )?(?:dowcip|żart)|jaka jest pogoda|która (?:jest )?godzina|włącz muzykę|traduci|spune (?:mi )?o glumă|cum e vremea|cât e ceasul)\b
        ^(?:übersetze|erzähl (?:mir )?einen witz|wie ist das wetter|wie spät ist es|wie wird das wetter|stell einen timer|traduis|raconte(?:-| )moi une blague|quel temps fait-il|quelle heure est-il|traduce|cuéntame un chiste|qué tiempo hace|qué hora es)\b""",
    ),
    (
        Aside.THANKS,
        r"""^(?:ok |okay |great |good |cool |perfect |many |no )*(?:thanks|thank you|thank u|thankyou|thx|ty|cheers|tysm|appreciate it|i appreciate (?:it|that|your help))(?: (?:a lot|so much|very much|for (?:your|the|all your) (?:help|answers?|info|information)|bot|again|you))*$
        ^(?:великe |щиро |дуже )?(?:дякую|спасибі)(?: (?:дуже|за \w+))?$
        ^(?:большое )?(?:спасибо|благодарю)(?: (?:большое|за \w+))?$
        ^(?:dziękuję|dzięki|dziekuje|mulțumesc|mersi|merci|danke|vielen dank|dankeschön|muchas gracias|gracias)(?: (?:bardzo|wielkie|mult|frumos|beaucoup|bien|schön|sehr))?$""",
    ),
    (
        Aside.BYE,
        r"""^(?:ok |okay )?(?:good ?bye|bye|bye ?bye|see you|see ya|cya|later|see you (?:later|soon|tomorrow)|good night|goodnight|farewell|take care|have a (?:nice|good|great) \w+)$
        ^(?:до побачення|бувай|на добраніч|до свидания|пока|спокойной ночи|до встречи)$
        ^(?:do widzenia|pa|na razie|dobranoc|la revedere|pe curând|noapte bună|tschüss|tschüß|auf wiedersehen|gute nacht|ciao|au revoir|bonne nuit|à bientôt|adiós|hasta luego|buenas noches)$""",
    ),
)
_GREETING = r"""(?:hi|hello|hey|hiya|yo|howdy|greetings|good (?:morning|afternoon|evening|day)|hi there|hello there|hey there
    |привіт|вітаю|добрий (?:день|вечір)|доброго (?:дня|ранку)|привет|здравствуйте|здравствуй|добрый (?:день|вечер)|доброе утро
    |cześć|dzień dobry|dobry wieczór|witam|salut|bună (?:ziua|seara)|bună|hallo|guten (?:tag|morgen|abend)|moin|servus
    |bonjour|bonsoir|hola|buenos días|buenas tardes)(?: (?:bot|there|all|everyone|everybody|friend|again))?"""
_HOW_ARE_YOU = "how are you|how are you doing|how is it going|what up|whats up|sup|how do you do|tell me how are you|nice to meet you|як справи|как дела|jak się masz|ce mai faci|wie geht's|wie geht es (?:dir|ihnen)|comment (?:ça va|vas-tu|allez-vous)|ça va|qué tal|cómo estás"


def aside_of(text: str, language: str = "") -> Aside | None:  # noqa: ARG001 - the language of so short a text tells little
    """What a message is that no passage can answer; None for what may be a question to the record."""
    said = _folded(text[:_LONGEST])
    rest = _greeting().sub("", said, count=1).strip()
    if not rest or _how_are_you().fullmatch(rest):
        return Aside.GREETING if said else None
    if not any(joined.search(rest) for joined in _joined()):
        return None
    return next((kind for kind, row in _rows() if row.search(rest)), None)


def _folded(text: str) -> str:
    return " ".join(word.form for word in words(text))


def _pattern(row: str) -> re.Pattern[str]:
    """A row with its lists put in and its words folded as a message's are."""
    lists = {"NOUNS": "|".join(_NOUNS.split()), "FAMILY": _FAMILY, "OURS": _OURS, "ASKED": _ASKED}
    for name, listed in lists.items():
        row = row.replace(name, listed)
    return re.compile(_plain(row))


def _plain(row: str) -> str:
    """Letters folded one word at a time, so that what is no letter stays the pattern that it is."""
    return re.sub(r"(?<!\\)[^\W\d_]+", lambda word: words(word.group())[0].form, row)


@cache
def _rows() -> tuple[tuple[Aside, re.Pattern[str]], ...]:
    return tuple((kind, _pattern(row)) for kind, row in _each(_ROWS))


def _each(rows: Iterable[tuple[Aside, str]]) -> Iterable[tuple[Aside, str]]:
    return ((kind, line.strip()) for kind, lines in rows for line in lines.splitlines())


@cache
def _joined() -> tuple[re.Pattern[str], ...]:
    """All rows as two patterns, of those that are bound to the beginning and of the others.

    Most messages match none: two searches tell so in 15 microseconds, one for each row in 75.
    """
    rows = [row.pattern for _, row in _rows()]
    bound, free = ([row for row in rows if row.startswith("^") is begins] for begins in (True, False))
    return re.compile("|".join(bound)), re.compile("|".join(free))


@cache
def _greeting() -> re.Pattern[str]:
    listed = _plain(re.sub(r"\s*\n\s*", "", _GREETING))
    return re.compile(rf"^(?:{listed}(?: |$))+")


@cache
def _how_are_you() -> re.Pattern[str]:
    return re.compile(_plain(_HOW_ARE_YOU))
