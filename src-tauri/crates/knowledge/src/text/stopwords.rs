//! Words that carry no content, for each language. Negations are never among them: "can I" and
//! "can I not" are different questions.

/// Whether a word of this language carries no content.
pub(super) fn is_stop_word(word: &str, language: &str) -> bool {
    let words = TABLE.iter().find(|(code, _)| *code == language).map_or("", |(_, words)| words);
    words.split_ascii_whitespace().any(|stop| stop == word)
}

/// Whether a word turns a sentence into its opposite.
pub fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word)
}

const NEGATIONS: &[&str] = &[
    "no", "not", "never", "none", "nothing", "nobody", "neither", "nor", "without", "cannot",
    "nicht", "kein", "keine", "keinen", "keiner", "nie", "ohne", "ne", "pas", "jamais", "sans",
    "nunca", "sin", "ninguno", "non", "mai", "senza", "niet", "geen", "nooit", "zonder", "não",
    "nao", "sem", "inte", "ej", "aldrig", "utan", "ingen",
];

const TABLE: &[(&str, &str)] = &[
    (
        "en",
        "a about all also am an and any are as at be because been being but by can could did do \
         does doing for from get got had has have having he her here hers him his how i if in \
         into is it its just like may me might mine much many must my of on one or our ours \
         please shall she should so some such than that the their theirs them then there these \
         they this those to too us very was we were what when where which while who whom whose \
         why will with would you your yours i'm i've i'd i'll it's you're that's what's there's",
    ),
    (
        "de",
        "aber als am an auch auf aus bei bin bis bitte da das dass dem den der des die dies diese \
         dieser dieses du ein eine einem einen einer eines er es für gibt haben habe hat hier ich \
         ihr ihre im in ins ist ja kann können man mein meine meinen mich mir mit nach noch oder \
         sein sich sie sind so über um und uns unser unsere vom von vor wann war warum was welche \
         welcher welches wenn wer werden wie wieviel wird wir wo zu zum zur",
    ),
    (
        "fr",
        "a ai au aux avec c ce ces cette comment d dans de des du elle en est et eux il ils j je \
         l la le les leur lui m ma mais me mes mon n nos notre nous on ou où par pour pourquoi \
         puis qu quand que quel quelle quelles quels qui s sa se ses son sont sur t ta te tes ton \
         tu un une vos votre vous y peut combien être avoir",
    ),
    (
        "es",
        "a al algo como cómo con cual cuál cuándo cuando cuánto de del desde donde dónde el él \
         ella en entre es esa ese eso esta está este esto hay la las le les lo los me mi mis muy \
         o para pero por porque puede puedo que qué quien quién se ser si sí son su sus te tengo \
         tiene tu un una unas uno unos y ya yo",
    ),
    (
        "it",
        "a ad ai al alla alle anche che chi ci come con cosa da dal dalla de dei del della delle \
         di dove e è ed gli ha ho i il in io l la le lo ma mi mio ne nei nel nella o per perché \
         può posso quale quali quando quanto questo questa se si sono su sua sul sulla suo tra un \
         una uno vi",
    ),
    (
        "nl",
        "aan al als bij dan dat de der deze die dit door een en er het hij hoe hoeveel ik in is \
         ja je jij jullie kan kunnen maar me met mij mijn na naar nog of om ons onze ook op over \
         te tot u uit uw van voor waar waarom wanneer wat we welke wie wij zij zijn zo",
    ),
    (
        "pt",
        "a ao aos as até com como da das de do dos e é ela ele em entre essa esse esta está este \
         eu foi há isso isto já lhe mais mas me meu minha muito na nas no nos o onde os ou para \
         pela pelo por porque posso pode qual quais quando quanto que quem se ser seu sua são são \
         também tem tenho um uma você",
    ),
    (
        "sv",
        "alla att av blev bli blir de dem den denna deras dess det detta dig din dina du där \
         efter eller en er ert ett för från får ha han har hon hur här i jag kan kunde man med \
         men mig min mina mitt mot mycket ni nu när något några och om oss på sig sin sina ska \
         skulle som till under upp ut vad var varför vara vem vi vid vilka vilken vår är",
    ),
];
