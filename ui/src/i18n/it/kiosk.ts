// The visitors’ screen, in Italian.

export const kiosk = {
  'kiosk.askMe': 'Chieda a me',
  'kiosk.touch': 'Tocchi lo schermo per iniziare',
  'kiosk.topics': 'Argomenti',
  'kiosk.chooseLanguage': 'Scelga la sua lingua',
  'kiosk.contrast': 'Contrasto forte',

  'kiosk.listen': 'Leggi ad alta voce',
  'kiosk.stopListening': 'Smetti di leggere',
  'kiosk.takeAlong': 'Da portare con sé',
  'kiosk.takeAlongHow': 'Punti la fotocamera del telefono sul quadrato. Contiene il testo qui sotto; non viene inviato nulla.',
  'kiosk.takeAlongPicture': 'Un quadrato per la fotocamera di un telefono. Contiene il testo accanto.',
  'kiosk.takeAlongCut': 'Il quadrato contiene l’inizio della risposta.',

  'kiosk.stillThere': 'È ancora qui?',
  'kiosk.stillThereLine': {
    one: 'Tra {n} secondo questo schermo dimentica le sue domande.',
    many: 'Tra {n} secondi questo schermo dimentica le sue domande.',
    other: 'Tra {n} secondi questo schermo dimentica le sue domande.',
  },
  'kiosk.stay': 'Sì, continua',
  'kiosk.finish': 'No, ho finito',

  'kiosk.personLine': 'Il personale vedrà che sta aspettando. Non deve compilare nulla.',
  'kiosk.personContact': 'Il suo nome o numero di telefono',
  'kiosk.personNote': 'Di che cosa si tratta?',
  'kiosk.personCall': 'Avvisa il personale',
  'kiosk.personCalling': 'Avviso il personale…',
  'kiosk.personNumber': 'Il suo numero',
  'kiosk.personBack': 'Torna alle mie domande',
  'kiosk.personFailed': 'In questo momento non è stato possibile avvisare il personale. Può contattarlo così:',
  'kiosk.personReplies': 'Le risposte del personale appaiono qui.',
  'kiosk.staff': 'Personale',

  'kiosk.keyboard': 'Tastiera',
  'kiosk.keyShift': 'Maiuscole',
  'kiosk.keyBackspace': 'Cancella un carattere',
  'kiosk.keySpace': 'Spazio',
  'kiosk.keySend': 'Invia',
  'kiosk.keyNext': 'Campo successivo',
  'kiosk.keyHide': 'Nascondi la tastiera',
  'kiosk.keySigns': 'Numeri e segni',
  'kiosk.keyLetters': 'Lettere',

  'kiosk.leaveTitle': 'Riservato al personale',
  'kiosk.leaveNoPin': 'Non c’è ancora un PIN del personale. Lo scelga prima nella finestra del personale.',
  'kiosk.closedTitle': 'Questo schermo è chiuso',
  'kiosk.closedLine': 'Qui non si può chiedere finché il personale non lo riapre.',

  'kiosk.calmTitle': 'Un momento, per favore',
  'kiosk.calmLine': {
    one: 'Troppi tasti premuti insieme. Si continua tra {n} secondo.',
    many: 'Troppi tasti premuti insieme. Si continua tra {n} secondi.',
    other: 'Troppi tasti premuti insieme. Si continua tra {n} secondi.',
  },
  'kiosk.pasteTooLong': 'È troppo lungo. Scriva una domanda breve, per favore.',

  'kiosk.tour': 'Visita guidata',
  'kiosk.tourStep': 'Domanda {step} di {all}',
  'kiosk.tourNext': 'Chiedila',
  'kiosk.bytesSent': { one: '{n} byte inviato', many: '{n} byte inviati', other: '{n} byte inviati' },
  'kiosk.onlyHere': 'Questa pagina può parlare solo con questo programma.',
  'kiosk.reset': 'Ripristina (F9)',
} as const
