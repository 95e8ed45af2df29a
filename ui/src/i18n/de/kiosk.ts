// Der Bildschirm für Besucher.

export const kiosk = {
  'kiosk.askMe': 'Fragen Sie mich',
  'kiosk.touch': 'Berühren Sie den Bildschirm',
  'kiosk.topics': 'Themen',
  'kiosk.chooseLanguage': 'Wählen Sie Ihre Sprache',
  'kiosk.contrast': 'Starker Kontrast',

  'kiosk.listen': 'Vorlesen',
  'kiosk.stopListening': 'Vorlesen beenden',
  'kiosk.takeAlong': 'Mitnehmen',
  'kiosk.takeAlongHow': 'Halten Sie die Kamera Ihres Telefons auf das Quadrat. Es enthält die Worte darunter; nichts wird gesendet.',
  'kiosk.takeAlongPicture': 'Ein Quadrat für die Kamera eines Telefons. Es enthält die Worte daneben.',
  'kiosk.takeAlongCut': 'Das Quadrat enthält den Anfang der Antwort.',

  'kiosk.stillThere': 'Sind Sie noch da?',
  'kiosk.stillThereLine': {
    one: 'In {n} Sekunde vergisst dieser Bildschirm Ihre Fragen.',
    other: 'In {n} Sekunden vergisst dieser Bildschirm Ihre Fragen.',
  },
  'kiosk.stay': 'Ja, weiter',
  'kiosk.finish': 'Nein, ich bin fertig',

  'kiosk.personLine': 'Die Mitarbeiter sehen, dass Sie warten. Sie müssen nichts ausfüllen.',
  'kiosk.personContact': 'Ihr Name oder Ihre Telefonnummer',
  'kiosk.personNote': 'Worum geht es?',
  'kiosk.personCall': 'Mitarbeitern Bescheid geben',
  'kiosk.personCalling': 'Mitarbeiter werden benachrichtigt…',
  'kiosk.personNumber': 'Ihre Nummer',
  'kiosk.personBack': 'Zurück zu meinen Fragen',
  'kiosk.personFailed': 'Die Mitarbeiter konnten gerade nicht benachrichtigt werden. So erreichen Sie sie:',
  'kiosk.personReplies': 'Antworten der Mitarbeiter erscheinen hier.',
  'kiosk.staff': 'Mitarbeiter',

  'kiosk.keyboard': 'Tastatur',
  'kiosk.keyShift': 'Großbuchstaben',
  'kiosk.keyBackspace': 'Ein Zeichen löschen',
  'kiosk.keySpace': 'Leerzeichen',
  'kiosk.keySend': 'Senden',
  'kiosk.keyNext': 'Nächstes Feld',
  'kiosk.keyHide': 'Tastatur ausblenden',
  'kiosk.keySigns': 'Zahlen und Zeichen',
  'kiosk.keyLetters': 'Buchstaben',

  'kiosk.leaveTitle': 'Nur für Mitarbeiter',
  'kiosk.leaveNoPin': 'Es gibt noch keine PIN. Legen Sie zuerst im Mitarbeiterfenster eine fest.',
  'kiosk.closedTitle': 'Dieser Bildschirm ist geschlossen',
  'kiosk.closedLine': 'Besucher können hier erst wieder fragen, wenn Mitarbeiter ihn öffnen.',

  'kiosk.calmTitle': 'Einen Moment, bitte',
  'kiosk.calmLine': {
    one: 'Es wurden zu viele Tasten auf einmal gedrückt. In {n} Sekunde geht es weiter.',
    other: 'Es wurden zu viele Tasten auf einmal gedrückt. In {n} Sekunden geht es weiter.',
  },
  'kiosk.pasteTooLong': 'Das ist zu lang. Bitte schreiben Sie eine kurze Frage.',

  'kiosk.tour': 'Rundgang',
  'kiosk.tourStep': 'Frage {step} von {all}',
  'kiosk.tourNext': 'Fragen',
  'kiosk.bytesSent': { one: '{n} Byte gesendet', other: '{n} Bytes gesendet' },
  'kiosk.onlyHere': 'Diese Seite darf nur mit diesem Programm sprechen.',
  'kiosk.reset': 'Zurücksetzen (F9)',
} as const
