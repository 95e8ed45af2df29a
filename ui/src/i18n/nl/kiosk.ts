// The visitors’ screen, in Dutch.

export const kiosk = {
  'kiosk.askMe': 'Vraag het mij',
  'kiosk.touch': 'Raak het scherm aan om te beginnen',
  'kiosk.topics': 'Onderwerpen',
  'kiosk.chooseLanguage': 'Kies uw taal',
  'kiosk.contrast': 'Sterk contrast',

  'kiosk.listen': 'Voorlezen',
  'kiosk.stopListening': 'Stoppen met voorlezen',
  'kiosk.takeAlong': 'Meenemen',
  'kiosk.takeAlongHow': 'Richt de camera van uw telefoon op het vierkant. Het bevat de tekst hieronder; er wordt niets verzonden.',
  'kiosk.takeAlongPicture': 'Een vierkant voor de camera van een telefoon. Het bevat de tekst ernaast.',
  'kiosk.takeAlongCut': 'Het vierkant bevat het begin van het antwoord.',

  'kiosk.stillThere': 'Bent u er nog?',
  'kiosk.stillThereLine': { one: 'Over {n} seconde vergeet dit scherm uw vragen.', other: 'Over {n} seconden vergeet dit scherm uw vragen.' },
  'kiosk.stay': 'Ja, doorgaan',
  'kiosk.finish': 'Nee, ik ben klaar',

  'kiosk.personLine': 'De medewerkers zien dat u wacht. U hoeft niets in te vullen.',
  'kiosk.personContact': 'Uw naam of telefoonnummer',
  'kiosk.personNote': 'Waar gaat het over?',
  'kiosk.personCall': 'De medewerkers waarschuwen',
  'kiosk.personCalling': 'De medewerkers worden gewaarschuwd…',
  'kiosk.personNumber': 'Uw nummer',
  'kiosk.personBack': 'Terug naar mijn vragen',
  'kiosk.personFailed': 'De medewerkers konden nu niet worden gewaarschuwd. U bereikt hen zo:',
  'kiosk.personReplies': 'Antwoorden van de medewerkers verschijnen hier.',
  'kiosk.staff': 'Medewerkers',

  'kiosk.keyboard': 'Toetsenbord',
  'kiosk.keyShift': 'Hoofdletters',
  'kiosk.keyBackspace': 'Eén teken wissen',
  'kiosk.keySpace': 'Spatie',
  'kiosk.keySend': 'Versturen',
  'kiosk.keyNext': 'Volgend veld',
  'kiosk.keyHide': 'Het toetsenbord verbergen',
  'kiosk.keySigns': 'Cijfers en tekens',
  'kiosk.keyLetters': 'Letters',

  'kiosk.leaveTitle': 'Alleen voor medewerkers',
  'kiosk.leaveNoPin': 'Er is nog geen pincode. Kies er eerst een in het venster voor medewerkers.',
  'kiosk.closedTitle': 'Dit scherm is gesloten',
  'kiosk.closedLine': 'Bezoekers kunnen hier pas weer vragen als een medewerker het opent.',

  'kiosk.calmTitle': 'Een ogenblik, alstublieft',
  'kiosk.calmLine': {
    one: 'Er werden te veel toetsen tegelijk ingedrukt. Over {n} seconde gaat het verder.',
    other: 'Er werden te veel toetsen tegelijk ingedrukt. Over {n} seconden gaat het verder.',
  },
  'kiosk.pasteTooLong': 'Dat is te lang. Schrijf een korte vraag.',

  'kiosk.tour': 'Rondleiding',
  'kiosk.tourStep': 'Vraag {step} van {all}',
  'kiosk.tourNext': 'Deze vraag stellen',
  'kiosk.bytesSent': { one: '{n} byte verzonden', other: '{n} bytes verzonden' },
  'kiosk.onlyHere': 'Deze pagina mag alleen met dit programma praten.',
  'kiosk.reset': 'Terugzetten (F9)',
} as const
