//! What the desk says about orders, by language: for codes of the shop, and for what came of a try.

use crate::card::one_line;
use crate::words::plain;

/// One language's sentences.
pub struct Sentences {
    /// Asks for the form to be filled in.
    pub ask: &'static str,
    /// The same where a number was found; `{}` stands for it.
    pub ask_for_proof: &'static str,
    /// There is no such order, or the proof is not its own: the same words for both.
    pub refused: &'static str,
    /// Tried too often.
    pub locked: &'static str,
    /// The desk's orders are too old to be told.
    pub stale: &'static str,
    /// The place that orders are read from does not answer.
    pub unavailable: &'static str,
    /// Before the time that the orders are from.
    pub as_of: &'static str,
    /// Where the shop shows no status.
    pub found: &'static str,
    codes: [&'static str; CODES.len()],
}

/// Codes that shops use, by what they mean; each list, separated by `|`, has a
/// sentence in every language.
const CODES: [&str; 10] = [
    "received|new|pending|open|placed|confirmed|paid|unfulfilled|offen|neu|eingegangen|\
     nouveau|nuevo|nuovo|nieuw|ny|جديد",
    "packing|processing|picking|in progress|preparing|in bearbeitung|en preparation|\
     preparando|en preparacion|in lavorazione|in behandeling|behandlas|قيد التجهيز",
    "shipped|sent|dispatched|fulfilled|in transit|versendet|versandt|unterwegs|expedie|\
     expediee|enviado|spedito|verzonden|skickad|تم الشحن|مشحون",
    "out for delivery|in zustellung|en cours de livraison|en reparto|in consegna|\
     bezorger onderweg|ute for leverans|خرج للتوصيل",
    "ready for collection|ready for pickup|ready|abholbereit|pret a retirer|\
     listo para recoger|pronto per il ritiro|klaar om af te halen|klar att hamta|جاهز للاستلام",
    "delivered|completed|complete|closed|zugestellt|geliefert|livre|livree|entregado|\
     consegnato|bezorgd|geleverd|levererad|تم التسليم",
    "returned|return received|zuruckgesendet|retourne|devuelto|reso|retour ontvangen|\
     returnerad|مرتجع",
    "cancelled|canceled|void|storniert|annule|annulee|cancelado|annullato|geannuleerd|\
     avbruten|ملغي",
    "refunded|erstattet|rembourse|reembolsado|rimborsato|terugbetaald|aterbetald|تم رد المبلغ",
    "on hold|delayed|backordered|backorder|verzogert|en attente|retrasado|in attesa|vertraagd|\
     forsenad|مؤجل",
];

const ENGLISH: Sentences = Sentences {
    ask: "I can look that up. Please enter your order number and one thing that only you know: the \
        e-mail address, postcode, last four digits of the telephone number or last name on the \
        order.",
    ask_for_proof: "I can look up order {}. To show that it is yours, please enter the e-mail address, \
        postcode, last four digits of the telephone number or last name on the order.",
    refused: "The number and the proof do not match an order here. Please check both.",
    locked: "That was tried too often. Please try again later, or ask a member of staff.",
    stale: "The desk's list of orders is too old to be told now. Please ask a member of staff.",
    unavailable: "Orders cannot be looked up just now. Please try again later, or ask a member of staff.",
    as_of: "As of",
    found: "We have found your order.",
    codes: [
        "We have received your order.",
        "We are packing your order.",
        "Your order has been shipped.",
        "Your order is out for delivery.",
        "Your order is ready for collection.",
        "Your order was delivered.",
        "Your order was returned.",
        "Your order was cancelled.",
        "Your order was refunded.",
        "Your order is delayed.",
    ],
};

const GERMAN: Sentences = Sentences {
    ask: "Das kann ich nachsehen. Bitte geben Sie Ihre Bestellnummer ein und etwas, das nur Sie \
        wissen: E-Mail-Adresse, Postleitzahl, die letzten vier Ziffern der Telefonnummer oder \
        den Nachnamen der Bestellung.",
    ask_for_proof: "Ich kann Bestellung {} nachsehen. Bitte geben Sie dazu die E-Mail-Adresse, die \
        Postleitzahl, die letzten vier Ziffern der Telefonnummer oder den Nachnamen der \
        Bestellung ein.",
    refused: "Nummer und Nachweis passen zu keiner Bestellung. Bitte prüfen Sie beides.",
    locked: "Das wurde zu oft versucht. Bitte versuchen Sie es später oder fragen Sie unsere \
        Mitarbeiter.",
    stale: "Die Liste der Bestellungen ist zu alt für eine Auskunft. Bitte fragen Sie unsere \
        Mitarbeiter.",
    unavailable: "Bestellungen können gerade nicht nachgesehen werden. Bitte versuchen Sie es später oder \
        fragen Sie unsere Mitarbeiter.",
    as_of: "Stand",
    found: "Wir haben Ihre Bestellung gefunden.",
    codes: [
        "Ihre Bestellung ist eingegangen.",
        "Ihre Bestellung wird gepackt.",
        "Ihre Bestellung wurde versendet.",
        "Ihre Bestellung wird heute zugestellt.",
        "Ihre Bestellung ist abholbereit.",
        "Ihre Bestellung wurde zugestellt.",
        "Ihre Bestellung wurde zurückgesendet.",
        "Ihre Bestellung wurde storniert.",
        "Ihre Bestellung wurde erstattet.",
        "Ihre Bestellung verzögert sich.",
    ],
};

const FRENCH: Sentences = Sentences {
    ask: "Je peux vérifier. Indiquez votre numéro de commande et un élément que vous seul \
        connaissez : l'adresse e-mail, le code postal, les quatre derniers chiffres du téléphone \
        ou le nom de famille de la commande.",
    ask_for_proof: "Je peux chercher la commande {}. Indiquez l'adresse e-mail, le code postal, les quatre \
        derniers chiffres du téléphone ou le nom de famille de la commande.",
    refused: "Le numéro et la preuve ne correspondent à aucune commande. Vérifiez les deux, s'il vous \
        plaît.",
    locked: "Trop d'essais. Réessayez plus tard ou adressez-vous au personnel.",
    stale: "La liste des commandes est trop ancienne. Adressez-vous au personnel, s'il vous plaît.",
    unavailable: "Les commandes ne peuvent pas être consultées pour le moment. Réessayez plus tard ou \
        adressez-vous au personnel.",
    as_of: "État au",
    found: "Nous avons trouvé votre commande.",
    codes: [
        "Votre commande est bien reçue.",
        "Votre commande est en préparation.",
        "Votre commande a été expédiée.",
        "Votre commande est en cours de livraison.",
        "Votre commande est prête à être retirée.",
        "Votre commande a été livrée.",
        "Votre commande a été retournée.",
        "Votre commande a été annulée.",
        "Votre commande a été remboursée.",
        "Votre commande a du retard.",
    ],
};

const SPANISH: Sentences = Sentences {
    ask: "Puedo consultarlo. Indique su número de pedido y un dato que solo usted conozca: el \
        correo electrónico, el código postal, los cuatro últimos dígitos del teléfono o el \
        apellido del pedido.",
    ask_for_proof: "Puedo consultar el pedido {}. Indique el correo electrónico, el código postal, los \
        cuatro últimos dígitos del teléfono o el apellido del pedido.",
    refused: "El número y el dato no corresponden a ningún pedido. Compruebe ambos, por favor.",
    locked: "Demasiados intentos. Inténtelo más tarde o pregunte al personal.",
    stale: "La lista de pedidos es demasiado antigua. Pregunte al personal, por favor.",
    unavailable: "Ahora no se pueden consultar los pedidos. Inténtelo más tarde o pregunte al personal.",
    as_of: "Datos del",
    found: "Hemos encontrado su pedido.",
    codes: [
        "Hemos recibido su pedido.",
        "Su pedido se está preparando.",
        "Su pedido ha sido enviado.",
        "Su pedido está en reparto.",
        "Su pedido está listo para recoger.",
        "Su pedido ha sido entregado.",
        "Su pedido ha sido devuelto.",
        "Su pedido ha sido cancelado.",
        "Su pedido ha sido reembolsado.",
        "Su pedido se retrasa.",
    ],
};

const ITALIAN: Sentences = Sentences {
    ask: "Posso controllare. Inserisca il numero d'ordine e un dato che solo lei conosce: \
        l'e-mail, il codice postale, le ultime quattro cifre del telefono o il cognome \
        dell'ordine.",
    ask_for_proof: "Posso controllare l'ordine {}. Inserisca l'e-mail, il codice postale, le ultime quattro \
        cifre del telefono o il cognome dell'ordine.",
    refused: "Numero e dato non corrispondono a nessun ordine. Controlli entrambi, per favore.",
    locked: "Troppi tentativi. Riprovi più tardi o si rivolga al personale.",
    stale: "L'elenco degli ordini è troppo vecchio. Si rivolga al personale, per favore.",
    unavailable: "Al momento gli ordini non si possono consultare. Riprovi più tardi o si rivolga al \
        personale.",
    as_of: "Dati del",
    found: "Abbiamo trovato il suo ordine.",
    codes: [
        "Abbiamo ricevuto il suo ordine.",
        "Il suo ordine è in preparazione.",
        "Il suo ordine è stato spedito.",
        "Il suo ordine è in consegna.",
        "Il suo ordine è pronto per il ritiro.",
        "Il suo ordine è stato consegnato.",
        "Il suo ordine è stato reso.",
        "Il suo ordine è stato annullato.",
        "Il suo ordine è stato rimborsato.",
        "Il suo ordine è in ritardo.",
    ],
};

const DUTCH: Sentences = Sentences {
    ask: "Dat kan ik opzoeken. Vul uw bestelnummer in en iets dat alleen u weet: het e-mailadres, \
        de postcode, de laatste vier cijfers van het telefoonnummer of de achternaam van de \
        bestelling.",
    ask_for_proof: "Ik kan bestelling {} opzoeken. Vul het e-mailadres, de postcode, de laatste vier cijfers \
        van het telefoonnummer of de achternaam van de bestelling in.",
    refused: "Nummer en gegeven horen niet bij een bestelling. Controleer beide alstublieft.",
    locked: "Dat is te vaak geprobeerd. Probeer het later of vraag het een medewerker.",
    stale: "De lijst met bestellingen is te oud. Vraag het alstublieft een medewerker.",
    unavailable: "Bestellingen kunnen nu niet worden opgezocht. Probeer het later of vraag het een \
        medewerker.",
    as_of: "Stand van",
    found: "We hebben uw bestelling gevonden.",
    codes: [
        "We hebben uw bestelling ontvangen.",
        "Uw bestelling wordt ingepakt.",
        "Uw bestelling is verzonden.",
        "Uw bestelling wordt vandaag bezorgd.",
        "Uw bestelling ligt klaar om af te halen.",
        "Uw bestelling is bezorgd.",
        "Uw bestelling is teruggestuurd.",
        "Uw bestelling is geannuleerd.",
        "Uw bestelling is terugbetaald.",
        "Uw bestelling is vertraagd.",
    ],
};

const SWEDISH: Sentences = Sentences {
    ask: "Det kan jag slå upp. Ange ditt ordernummer och något som bara du vet: e-postadressen, \
        postnumret, de fyra sista siffrorna i telefonnumret eller efternamnet på beställningen.",
    ask_for_proof: "Jag kan slå upp beställning {}. Ange e-postadressen, postnumret, de fyra sista siffrorna \
        i telefonnumret eller efternamnet på beställningen.",
    refused: "Numret och uppgiften hör inte till någon beställning. Kontrollera båda.",
    locked: "Det har prövats för många gånger. Försök senare eller fråga personalen.",
    stale: "Listan över beställningar är för gammal. Fråga personalen.",
    unavailable: "Beställningar kan inte slås upp just nu. Försök senare eller fråga personalen.",
    as_of: "Uppgifter från",
    found: "Vi har hittat din beställning.",
    codes: [
        "Vi har tagit emot din beställning.",
        "Din beställning packas.",
        "Din beställning har skickats.",
        "Din beställning levereras i dag.",
        "Din beställning är klar att hämta.",
        "Din beställning har levererats.",
        "Din beställning har returnerats.",
        "Din beställning har avbrutits.",
        "Din beställning har återbetalats.",
        "Din beställning är försenad.",
    ],
};

const ARABIC: Sentences = Sentences {
    ask: "يمكنني البحث عن ذلك. يرجى إدخال رقم الطلب وشيء لا يعرفه سواك: البريد الإلكتروني أو الرمز \
        البريدي أو آخر أربعة أرقام من الهاتف أو اسم العائلة في الطلب.",
    ask_for_proof: "يمكنني البحث عن الطلب {}. يرجى إدخال البريد الإلكتروني أو الرمز البريدي أو آخر أربعة \
        أرقام من الهاتف أو اسم العائلة في الطلب.",
    refused: "الرقم والإثبات لا يطابقان أي طلب. يرجى التحقق من كليهما.",
    locked: "كثرت المحاولات. يرجى المحاولة لاحقًا أو سؤال أحد الموظفين.",
    stale: "قائمة الطلبات قديمة جدًا. يرجى سؤال أحد الموظفين.",
    unavailable: "لا يمكن البحث عن الطلبات الآن. يرجى المحاولة لاحقًا أو سؤال أحد الموظفين.",
    as_of: "حتى",
    found: "وجدنا طلبك.",
    codes: [
        "استلمنا طلبك.",
        "نجهّز طلبك الآن.",
        "تم شحن طلبك.",
        "طلبك في الطريق إليك اليوم.",
        "طلبك جاهز للاستلام.",
        "تم تسليم طلبك.",
        "تمت إعادة طلبك.",
        "تم إلغاء طلبك.",
        "تم رد مبلغ طلبك.",
        "تأخر طلبك.",
    ],
};

/// The sentences of a BCP 47 language, English where there are none.
pub fn sentences(language: &str) -> &'static Sentences {
    match language.split(['-', '_']).next().unwrap_or_default() {
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        "it" => &ITALIAN,
        "nl" => &DUTCH,
        "sv" => &SWEDISH,
        "ar" => &ARABIC,
        _ => &ENGLISH,
    }
}

impl Sentences {
    /// The sentence for a code of the shop: what staff wrote, what the code usually means, or the
    /// code itself.
    pub(crate) fn status(&self, code: Option<&str>, own: &[(String, String)]) -> String {
        let Some(code) = code else { return self.found.to_owned() };
        let bare = plain(code);
        if let Some((_, sentence)) = own.iter().find(|(known, _)| plain(known) == bare) {
            return sentence.clone();
        }
        let meaning =
            CODES.iter().position(|codes| codes.split('|').any(|known| plain(known) == bare));
        meaning.map_or_else(|| code.to_owned(), |at| self.codes[at].to_owned())
    }
}

/// What staff wrote for codes, one `code=sentence` a line.
pub(crate) fn read_own(text: &str) -> Vec<(String, String)> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    let pairs = pairs.map(|(code, sentence)| (code.trim().to_owned(), one_line(sentence)));
    pairs.filter(|(_, sentence)| !sentence.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_sentences() {
        let own = read_own("S3=It waits at the harbour.");
        let check = |language: &str, code: Option<&str>, expected: &str| {
            assert_eq!(sentences(language).status(code, &own), expected);
        };
        check("en", Some("Out for delivery"), "Your order is out for delivery.");
        check("en", Some("OUT_FOR_DELIVERY"), "Your order is out for delivery.");
        check("de-AT", Some("shipped"), "Ihre Bestellung wurde versendet.");
        check("en", Some("s3"), "It waits at the harbour.");
        check("en", Some("Z9"), "Z9");
        check("pl", None, "We have found your order.");
    }

    #[test]
    fn every_language_names_the_number() {
        for language in ["en", "de", "fr", "es", "it", "nl", "sv", "ar"] {
            let said = sentences(language);
            assert_eq!(said.ask_for_proof.matches("{}").count(), 1, "{language}");
        }
    }
}
