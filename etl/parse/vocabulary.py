"""The word lists of the parser's rules.

What belongs here: closed lists of words that rules look up. What does not: patterns, which
stand with their rules, and names of places (etl/parse/places.py).
"""


def words(text: str) -> frozenset[str]:
    """The words of a list written as prose, so that it stays readable in a diff."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of a list in which a bar or line end parts them."""
    return frozenset(phrase.strip() for phrase in text.replace("\n", "|").split("|"))


SHARE_WORDS = words(
    """share shares save print email e-mail mail facebook twitter tweet x whatsapp telegram reddit
    linkedin pinterest pin it instagram viber messenger copy link copied url flipboard pocket
    tumblr sms skype vk threads bluesky youtube tiktok rss via on this article story post page
    with friends to clipboard by or more font size a+ a- aa follow us google news listen like
    bookmark comment comments subscribe gift teilen merken drucken partager imprimer compartir
    compartilhar condividi distribuie deli podijeli podeli delen udostępnij paylaş bagikan sdílet
    शेयर شیئر مشاركة поделиться"""
)
# One of these must be there: "More on this story" is no share bar.
SHARE_CORE = words(
    """share shares save print facebook twitter tweet whatsapp telegram reddit linkedin pinterest
    email e-mail viber messenger flipboard bookmark follow clipboard
    copied teilen partager compartir compartilhar condividi distribuie deli podijeli podeli delen
    udostępnij paylaş bagikan sdílet शेयर شیئر مشاركة поделиться"""
)
NEWS_SECTIONS = words(
    """world news latest top local national international business politics sport sports opinion
    entertainment technology tech science health lifestyle culture economy finance markets asia
    africa europe americas america middle east us uk home regional headlines breaking featured
    travel education environment weather crime society life arts video videos photos pictures
    gallery live trending popular editorial editorials columns"""
)
# Labels, months, titles and groups that open a lead the way a place does: "Update: ...".
LABELS = words(
    """update updates updated breaking exclusive watch live video photos photo pictures picture
    analysis opinion explainer explained editorial comment commentary review interview profile
    feature background timeline factbox fact-check summary highlights headlines alert correction
    corrected clarification note editor editors notice statement transcript question answer q a
    police report reports reporter read more also related source sources credit image caption
    file disclaimer warning today yesterday tomorrow monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november
    december president minister prime official officials spokesman spokeswoman spokesperson mr mrs
    ms dr prof sir lord court government army military parliament senate congress house council
    ministry department opposition results result score scores weather sports business markets
    market politics world news national international health science technology culture
    entertainment lifestyle economy finance money tech travel what why how who when where which
    here there this that these those it he she they we you i but and or so if in on at by for from
    as after before while with the an our my his her their one two three four five yes no not now
    then meanwhile however moreover still tags topics category author published posted share
    follow subscribe advertisement sponsored listen podcast newsletter part chapter step tip tips
    key points takeaways conclusion verdict bottom line remember important edit edited writing
    reporting additional recall context data chart map figure table according despite since until
    during among between because although though once both witnesses experts scientists
    researchers doctors lawyers prosecutors protesters rebels photographer shr net revs qtly oper"""
)
# Bodies whose capitals are no city: "OPEC - The group".
ACRONYMS = words(
    """un us uk eu uae nato opec nasa unicef fifa uefa who fbi cia imf wto icc unesco asean saarc
    brics ngo ceo pm mp mps tv ai pdf faq diy rip gop dnc rnc nba nfl nhl mlb ufc wwe bbc cnn"""
)
# What a stamp is made of, beside numbers, months, weekdays and zones.
STAMP_WORDS = words(
    """published publish posted updated update modified created first last edited on at date dated
    time am pm a.m p.m noon midnight ago about an a hour hours hr hrs minute minutes min mins
    second seconds sec secs day days week weeks month months year years today yesterday just now
    the of local release issued st nd rd th h uhr o'clock and originally print since edition read
    mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday
    sunday gmt utc ist pkt bst cet cest est edt et ct cst cdt mt mst mdt pt pst pdt hst akst eat
    cat wat sast jst kst hkt sgt aest aedt nzst nzdt msk gst trt eet eest bdt npt pht wib z"""
)
# Months in the other languages that arrive, with the cases and abbreviations in which they
# stand in dates.
FOREIGN_MONTHS = words(
    """januar jänner februar märz mai juni juli oktober dezember jän mär okt dez
    janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr avr
    juil déc
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre
    diciembre ene abr ago dic
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev set out
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug ott
    ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie
    januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra
    avgust september
    siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga
    prosinca
    januari februari maart mei augustus oktober mrt
    stycznia lutego kwietnia czerwca lipca sierpnia września października grudnia
    ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
    maret agustus desember
    ledna února března dubna května června července srpna září října listopadu prosince
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    जनवरी फ़रवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
    جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
    يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"""
)
# What else stands in stamps of those languages: weekdays, verbs, small words.
FOREIGN_STAMP_WORDS = FOREIGN_MONTHS | words(
    """montag dienstag mittwoch donnerstag freitag samstag sonntag veröffentlicht aktualisiert stand
    am um vor stunden minuten tagen
    lundi mardi mercredi jeudi vendredi samedi dimanche publié publiée le à mis jour il y heures
    lunes martes miércoles jueves viernes sábado domingo publicado actualizado el de las a hace
    horas segunda terça quarta quinta sexta feira atualizado em às há
    lunedì martedì mercoledì giovedì venerdì sabato domenica pubblicato aggiornato il alle ore
    luni marți miercuri joi vineri sâmbătă duminică publicat actualizat la ora
    torek sreda četrtek petek sobota nedelja ponedeljek objavljeno posodobljeno ob
    objavljen ažurirano u
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gepubliceerd bijgewerkt op om uur
    opublikowano aktualizacja dnia godz
    pazartesi salı çarşamba perşembe cuma cumartesi pazar güncelleme yayınlanma tarihi saat
    senin selasa rabu kamis jumat sabtu minggu diterbitkan diperbarui wib wita
    publikováno aktualizováno प्रकाशित"""
)
# Small words inside a byline: "Ana Li and Ben Oz in Suva".
NAME_LINKS = words("and & in at of de la del van der von bin al the y e und et")
# A headline does without these, a short one with one of them; the first sentence of a report
# hardly ever does.
SENTENCE_WORDS = words("the a an had have been were said he she it they this these there which")
# One of these stands in nearly any English sentence, and in hardly any other.
ENGLISH_LINKS = words(
    """the and with from after were has its their his said says that which who would been against
    into"""
)
# Evidence of English in a line of names; "in", "a" and "on" are words elsewhere too. The last
# line is the stock of 1980s company wires.
ENGLISH_WORDS = words(
    """the of to and for with from by at is are was were has have had will would its his her their
    after as over into amid against says said than that this which who how why what be been
    shr cts vs mln dlrs pct qtr qtly div net revs record payable prior avg shrs loss profit"""
)

# Lines that are one of these and nothing else, end signs apart.
CONTROLS = phrases(
    """skip to content|skip to main content|menu|search|login|log in|sign in|sign up|sign out
    register|subscribe|subscribe now|my account|toggle navigation|back to top|next|previous|prev
    close|open|show more|show less|load more|view all|view more|see all|see more|more|epaper
    e-paper|next article|next post|next story|next page|previous article|previous post
    previous story|previous page|play|play video|pause|mute|unmute|watch live|listen
    listen to article|listen to this article|text size|dark mode|language|english|accept
    accept cookies|accept all|gallery|home|about us|contact us|contact|advertise|advertise with us
    privacy policy|terms of use|terms of service|terms and conditions|cookie policy|sitemap
    view image in fullscreen|live now|live
    newsletter|newsletters|podcasts|e-edition|read aloud|add to favorites
    report a typo|print this page|submit a tip
    already have an account? log in|already have an account|subscribe to continue
    subscribe to continue reading|register to continue reading|sign in to continue reading
    zum inhalt springen|menü|anmelden|startseite|accueil|inicio
    início|acasă|domov|anasayfa|beranda|strona główna"""
)
ADVERTISEMENTS = phrases(
    """advertisement|advertisements|advert|ad|ads|skip advertisement|skip ad|remove ads|sponsored
    sponsored content|sponsored link|sponsored links|promoted|promoted content|advertorial
    article continues after this advertisement|article continues below|story continues below
    article continues below this ad|story continues below this ad|story continues after ad
    article continues after advertisement|story continues below advertisement
    story continues after advertisement|continue reading|continue reading below
    continues after advertisement|continues below this ad|scroll to continue
    scroll down to continue|scroll to continue with content|anzeige|werbung|publicité|publicidad
    publicidade|pubblicità|publicitate|oglas|reklama|advertentie|reklam|iklan
    विज्ञापन|اشتہار|إعلان|реклама"""
)
# Headings of other stories: alone on their line, or before a colon or dash.
POINTERS = phrases(
    """also read|read also|read more|read next|must read|also see|see also|also watch|related
    related story|related stories|related article|related articles|related news|related topic
    related topics|related post|related posts|related content|related coverage|recommended
    recommended for you|suggested|don't miss|you may like|you might like|you may also like
    you might also like|you may also be interested in|top stories|most read|most popular
    most viewed|trending|trending now|trending news|trending stories|latest news|latest stories
    latest updates|latest|more news|more stories|more on this|more on this story|editor's pick
    editor's picks|editors' picks|editor's choice|in case you missed it|what to read next
    read the full story|read full article|read the full article|recent posts|popular posts
    other stories|more top stories|featured stories|next up|up next|promoted stories
    elsewhere on the web|around the web|more from this section|more in this section
    people also read|similar news
    story so far|mehr zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren
    lire aussi|à lire aussi|sur le même sujet|lea también|lee también|te puede interesar
    leia também|leia mais|veja também|leggi anche|citește și|citiți și|preberite tudi
    preberite še|pročitajte i|pročitaj još|pročitajte još|lees ook|czytaj także|czytaj też
    zobacz także|baca juga|ilgili haberler|bunlar da ilginizi çekebilir|čtěte také
    читайте также|читайте також|यह भी पढ़ें|ये भी पढ़ें|مزید پڑھیں|اقرأ أيضا"""
)
COMMENT_LINES = phrases(
    """comment|comments|leave a comment|leave a reply|leave your comment|post a comment
    post comment|write a comment|add a comment|add comment|submit comment|submit a comment
    view comments|show comments|load comments|read comments|view all comments|join the conversation
    join the discussion|be the first to comment|cancel reply|comments are closed|no comments
    no comments yet|responses|replies|name *|email *|website|name|email|kommentare
    kommentar schreiben|commentaires|comentarios|comentários|commenti|comentarii|komentarji
    komentari|reacties|komentarze|yorumlar|komentar|комментарии|коментарі|टिप्पणियाँ"""
)
# Bylines that name an agency or a desk.
DESKS = phrases(
    """agency|agencies|news agencies|wire service|wire services|web desk|webdesk|news desk
    newsdesk|online desk|digital desk|monitoring desk|monitoring report|news report|staff report
    staff reporter|staff writer|staff correspondent|our correspondent|our reporter|correspondent
    bureau report|pti|ani|ians|uni|afp|ap|app|reuters|xinhua|tass|sputnik|dpa|inp|nni|online
    bloomberg|anadolu|anadolu agency|the associated press|associated press|press association
    agence france-presse|press trust of india|bbc news|guardian staff|redaktion|redacción|redação
    redazione|redacția|agencias|agências|agenturen|agences"""
)
