//! The sentences themselves.

use super::Phrases;

/// By ISO 639-1 code.
pub(super) static ALL: &[(&str, Phrases)] = &[
    ("ar", ARABIC),
    ("de", GERMAN),
    ("es", SPANISH),
    ("fr", FRENCH),
    ("it", ITALIAN),
    ("nl", DUTCH),
    ("sv", SWEDISH),
];

pub(super) static ENGLISH: Phrases = Phrases {
    greeting: "Hello! What would you like to know?",
    thanks: "You are welcome. Is there anything else?",
    goodbye: "Goodbye, and thank you for visiting.",
    who: "I am a program, not a person. I answer from the documents and approved answers of this \
          desk, and I show where each answer comes from.",
    person: "Of course.",
    sorry: "I am sorry about that.",
    danger: "If anybody is in danger, call the emergency number or the nearest member of staff \
             now.",
    noted: "I have noted for the staff that a person is wanted here; it is number {n}. You can \
            leave a phone number or an e-mail address with it.",
    silent: "A member of staff has taken over and answers you here.",
    did_you_mean: "I am not sure what you mean. Is it one of these?",
    refusal: "I do not have an answer to that in this desk's documents.",
};

const ARABIC: Phrases = Phrases {
    greeting: "مرحبًا! ماذا تود أن تعرف؟",
    thanks: "على الرحب والسعة. هل هناك شيء آخر؟",
    goodbye: "مع السلامة، وشكرًا لزيارتك.",
    who: "أنا برنامج ولست شخصًا. أجيب من مستندات هذا المكتب وإجاباته المعتمدة، وأبيّن مصدر كل إجابة.",
    person: "بالطبع.",
    sorry: "نأسف لذلك.",
    danger: "إذا كان أحد في خطر فاتصل الآن برقم الطوارئ أو بأقرب موظف.",
    noted: "سجّلتُ للموظفين أنك تريد التحدث مع شخص، ورقم الطلب {n}. يمكنك ترك رقم هاتف أو بريد إلكتروني معه.",
    silent: "تولّى أحد الموظفين المحادثة وسيجيبك هنا.",
    did_you_mean: "لست متأكدًا مما تقصده. هل هو أحد هذه الأسئلة؟",
    refusal: "لا أجد إجابة عن ذلك في مستندات هذا المكتب.",
};

const GERMAN: Phrases = Phrases {
    greeting: "Guten Tag! Was möchten Sie wissen?",
    thanks: "Gern geschehen. Gibt es noch etwas?",
    goodbye: "Auf Wiedersehen und danke für Ihren Besuch.",
    who: "Ich bin ein Programm, kein Mensch. Ich antworte aus den Unterlagen und geprüften \
          Antworten dieses Hauses und zeige, woher jede Antwort kommt.",
    person: "Gern.",
    sorry: "Das tut mir leid.",
    danger: "Wenn jemand in Gefahr ist, rufen Sie jetzt den Notruf oder den nächsten Mitarbeiter.",
    noted: "Ich habe für das Personal notiert, dass hier ein Mensch gewünscht wird; es ist Nummer \
            {n}. Sie können dazu eine Telefonnummer oder E-Mail-Adresse hinterlassen.",
    silent: "Jemand vom Personal hat übernommen und antwortet Ihnen hier.",
    did_you_mean: "Ich bin nicht sicher, was Sie meinen. Ist es eines davon?",
    refusal: "Darauf finde ich in den Unterlagen dieses Hauses keine Antwort.",
};

const SPANISH: Phrases = Phrases {
    greeting: "¡Hola! ¿Qué le gustaría saber?",
    thanks: "De nada. ¿Algo más?",
    goodbye: "Adiós y gracias por su visita.",
    who: "Soy un programa, no una persona. Respondo con los documentos y las respuestas aprobadas \
          de este mostrador y muestro de dónde viene cada respuesta.",
    person: "Por supuesto.",
    sorry: "Lo siento.",
    danger: "Si alguien está en peligro, llame ahora al número de emergencias o al empleado más \
             cercano.",
    noted: "He anotado para el personal que desea hablar con una persona; es el número {n}. Puede \
            dejar un teléfono o un correo electrónico.",
    silent: "Una persona del equipo se ha hecho cargo y le responde aquí.",
    did_you_mean: "No estoy seguro de lo que quiere decir. ¿Es una de estas?",
    refusal: "No encuentro respuesta a eso en los documentos de este mostrador.",
};

const FRENCH: Phrases = Phrases {
    greeting: "Bonjour ! Que souhaitez-vous savoir ?",
    thanks: "Je vous en prie. Autre chose ?",
    goodbye: "Au revoir et merci de votre visite.",
    who: "Je suis un programme, pas une personne. Je réponds d'après les documents et les réponses \
          approuvées de cet accueil, et je montre d'où vient chaque réponse.",
    person: "Bien sûr.",
    sorry: "Je suis désolé.",
    danger: "Si quelqu'un est en danger, appelez tout de suite les secours ou la personne de \
             l'accueil la plus proche.",
    noted: "J'ai noté pour l'équipe que vous souhaitez parler à une personne ; c'est le numéro \
            {n}. Vous pouvez laisser un numéro de téléphone ou une adresse e-mail.",
    silent: "Une personne de l'équipe a pris le relais et vous répond ici.",
    did_you_mean: "Je ne suis pas sûr de comprendre. Est-ce l'une de ces questions ?",
    refusal: "Je ne trouve pas de réponse à cela dans les documents de cet accueil.",
};

const ITALIAN: Phrases = Phrases {
    greeting: "Buongiorno! Che cosa desidera sapere?",
    thanks: "Prego. C'è altro?",
    goodbye: "Arrivederci e grazie della visita.",
    who: "Sono un programma, non una persona. Rispondo con i documenti e le risposte approvate di \
          questo banco e mostro da dove viene ogni risposta.",
    person: "Certo.",
    sorry: "Mi dispiace.",
    danger: "Se qualcuno è in pericolo, chiami subito il numero di emergenza o il personale più \
             vicino.",
    noted: "Ho annotato per il personale che desidera parlare con una persona; è il numero {n}. \
            Può lasciare un numero di telefono o un indirizzo e-mail.",
    silent: "Una persona del personale ha preso in carico la conversazione e risponde qui.",
    did_you_mean: "Non sono sicuro di aver capito. È una di queste?",
    refusal: "Non trovo una risposta nei documenti di questo banco.",
};

const DUTCH: Phrases = Phrases {
    greeting: "Hallo! Wat wilt u weten?",
    thanks: "Graag gedaan. Is er nog iets?",
    goodbye: "Tot ziens en bedankt voor uw bezoek.",
    who: "Ik ben een programma, geen mens. Ik antwoord uit de documenten en goedgekeurde antwoorden \
          van deze balie en laat zien waar elk antwoord vandaan komt.",
    person: "Natuurlijk.",
    sorry: "Dat spijt me.",
    danger: "Is er iemand in gevaar, bel dan nu het alarmnummer of roep de dichtstbijzijnde \
             medewerker.",
    noted: "Ik heb voor de medewerkers genoteerd dat u iemand wilt spreken; het is nummer {n}. U \
            kunt er een telefoonnummer of e-mailadres bij achterlaten.",
    silent: "Een medewerker heeft het overgenomen en antwoordt u hier.",
    did_you_mean: "Ik weet niet zeker wat u bedoelt. Is het een van deze?",
    refusal: "Daar vind ik geen antwoord op in de documenten van deze balie.",
};

const SWEDISH: Phrases = Phrases {
    greeting: "Hej! Vad vill du veta?",
    thanks: "Varsågod. Är det något mer?",
    goodbye: "Hej då och tack för besöket.",
    who: "Jag är ett program, inte en människa. Jag svarar ur den här diskens dokument och godkända \
          svar och visar varifrån varje svar kommer.",
    person: "Självklart.",
    sorry: "Det var tråkigt.",
    danger: "Om någon är i fara, ring nödnumret nu eller kalla på närmaste personal.",
    noted: "Jag har noterat för personalen att du vill tala med någon; det är nummer {n}. Du kan \
            lämna ett telefonnummer eller en e-postadress.",
    silent: "Någon i personalen har tagit över och svarar dig här.",
    did_you_mean: "Jag är inte säker på vad du menar. Är det något av detta?",
    refusal: "Det hittar jag inget svar på i den här diskens dokument.",
};
