//! Words that stand for numbers, months, weekdays and units, in the languages the desk's search
//! knows best. A word that is not here is simply a word.

/// The number a word stands for.
pub(super) fn number_word(word: &str) -> Option<u32> {
    find(NUMBERS, word)
}

/// The month a word names, from 1.
pub(super) fn month(word: &str) -> Option<u32> {
    find(MONTHS, word)
}

/// The weekday a word names, from 1.
pub(super) fn weekday(word: &str) -> Option<u32> {
    let found = find(WEEKDAYS, word);
    found.or_else(|| word.strip_suffix('s').and_then(|word| find(WEEKDAYS, word)))
}

/// The unit a word or sign names, by one name for all languages.
pub(super) fn unit(word: &str) -> Option<&'static str> {
    UNITS.iter().find(|(_, words)| words.split(' ').any(|own| own == word)).map(|(unit, _)| *unit)
}

/// Words that may stand between a number and its unit.
pub(super) fn is_between_number_and_unit(word: &str) -> bool {
    ["working", "business", "calendar", "full", "whole", "more", "consecutive"].contains(&word)
}

fn find(table: &[(u32, &str)], word: &str) -> Option<u32> {
    table.iter().find(|(_, words)| words.split(' ').any(|own| own == word)).map(|(n, _)| *n)
}

const NUMBERS: &[(u32, &str)] = &[
    (0, "zero null zéro cero nul noll"),
    (1, "one"),
    (2, "two zwei deux dos due twee två dois duas اثنان"),
    (3, "three drei trois tres tre drie três ثلاثة ثلاث"),
    (4, "four vier quatre cuatro quattro fyra quatro أربعة أربع"),
    (5, "five fünf cinq cinco cinque vijf fem خمسة خمس"),
    (6, "six sechs seis sei zes sex ستة ست"),
    (7, "seven sieben sept siete sette zeven sju sete سبعة سبع"),
    (8, "eight acht huit ocho otto åtta oito ثمانية"),
    (9, "nine neun neuf nueve nove negen nio تسعة"),
    (10, "ten zehn dix diez dieci tien tio dez عشرة عشر"),
    (11, "eleven elf onze once undici elva"),
    (12, "twelve zwölf douze doce dodici twaalf tolv doze dozen dutzend"),
    (13, "thirteen dreizehn treize trece tredici dertien tretton treze"),
    (14, "fourteen vierzehn quatorze catorce quattordici veertien fjorton"),
    (15, "fifteen fünfzehn quinze quince quindici vijftien femton"),
    (16, "sixteen sechzehn seize dieciséis sedici zestien sexton"),
    (17, "seventeen siebzehn diecisiete diciassette zeventien sjutton"),
    (18, "eighteen achtzehn dieciocho diciotto achttien arton"),
    (19, "nineteen neunzehn diecinueve diciannove negentien nitton"),
    (20, "twenty zwanzig vingt veinte venti twintig tjugo vinte عشرون عشرين"),
    (30, "thirty dreißig dreissig trente treinta trenta dertig trettio trinta ثلاثون ثلاثين"),
    (40, "forty vierzig quarante cuarenta quaranta veertig fyrtio quarenta"),
    (50, "fifty fünfzig cinquante cincuenta cinquanta vijftig femtio cinquenta"),
    (60, "sixty sechzig soixante sesenta sessanta zestig sextio sessenta"),
    (70, "seventy siebzig setenta settanta zeventig sjuttio"),
    (80, "eighty achtzig ochenta ottanta tachtig åttio oitenta"),
    (90, "ninety neunzig noventa novanta negentig nittio"),
    (100, "hundred hundert cent cien ciento cento honderd hundra cem مئة مائة"),
    (1_000, "thousand tausend mille mil duizend tusen ألف"),
    (1_000_000, "million millionen millions millón milione miljoen miljon milhão"),
    (3, "third"),
    (4, "fourth"),
    (5, "fifth"),
    (6, "sixth"),
    (7, "seventh"),
    (8, "eighth"),
    (9, "ninth"),
    (10, "tenth"),
    (11, "eleventh"),
    (12, "twelfth"),
    (20, "twentieth"),
    (30, "thirtieth"),
];

const MONTHS: &[(u32, &str)] = &[
    (1, "january jan januar janvier enero gennaio januari janeiro"),
    (2, "february feb februar février febrero febbraio februari fevereiro"),
    (3, "march mar märz mars marzo maart março"),
    (4, "april apr avril abril aprile"),
    (5, "may mai mayo maggio mei maj maio"),
    (6, "june jun juni juin junio giugno junho"),
    (7, "july jul juli juillet julio luglio julho"),
    (8, "august aug août agosto augustus augusti"),
    (9, "september sep sept septembre septiembre settembre setembro"),
    (10, "october oct oktober octobre octubre ottobre outubro"),
    (11, "november nov novembre noviembre novembro"),
    (12, "december dec dezember décembre diciembre dicembre dezembro"),
];

const WEEKDAYS: &[(u32, &str)] = &[
    (1, "monday mon montag lundi lunes lunedì maandag måndag الاثنين"),
    (2, "tuesday tue tues dienstag mardi martes martedì dinsdag tisdag الثلاثاء"),
    (3, "wednesday wed mittwoch mercredi miércoles mercoledì woensdag onsdag الأربعاء"),
    (4, "thursday thu thurs donnerstag jeudi jueves giovedì donderdag torsdag الخميس"),
    (5, "friday fri freitag vendredi viernes venerdì vrijdag fredag الجمعة"),
    (6, "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag السبت"),
    (7, "sunday sun sonntag dimanche domingo domenica zondag söndag الأحد"),
];

const UNITS: &[(&str, &str)] = &[
    ("minute", "minute minutes min minuten minuto minutos minuti minuut minuter دقيقة دقائق"),
    ("hour", "hour hours hrs stunde stunden heure heures hora horas ora ore uur timmar ساعة ساعات"),
    ("day", "day days tag tage tagen jour jours día días giorno giorni dag dagen dagar يوم أيام"),
    ("week", "week weeks woche wochen semaine semaines semana semanas weken vecka veckor أسبوع"),
    ("month", "month months monat monate monaten mois mes meses mese mesi maand maanden månader"),
    ("year", "year years jahr jahre jahren an ans année año años anno anni jaar år سنة سنوات"),
    ("percent", "% percent percentage prozent por-cento procent"),
    ("pound", "£ pound pounds gbp quid pfund livres libras"),
    ("euro", "€ euro euros eur"),
    ("dollar", "$ dollar dollars usd"),
    ("yen", "¥ yen jpy"),
    ("penny", "p pence penny"),
    ("cent", "cents ct"),
    ("kg", "kg kilo kilos kilogram kilograms kilogramm"),
    ("g", "g gram grams gramm"),
    ("km", "km kilometre kilometres kilometer kilometers"),
    ("m", "m metre metres meter meters"),
    ("cm", "cm centimetre centimetres"),
    ("mm", "mm millimetre millimetres"),
    ("litre", "l litre litres liter liters"),
    ("degree", "°c °f ° degrees degree"),
    ("mile", "mile miles"),
];
