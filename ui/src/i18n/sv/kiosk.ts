// The visitors’ screen, in Swedish.

export const kiosk = {
  'kiosk.askMe': 'Fråga mig',
  'kiosk.touch': 'Tryck på skärmen för att börja',
  'kiosk.topics': 'Ämnen',
  'kiosk.chooseLanguage': 'Välj ditt språk',
  'kiosk.contrast': 'Stark kontrast',

  'kiosk.listen': 'Läs högt',
  'kiosk.stopListening': 'Sluta läsa',
  'kiosk.takeAlong': 'Ta med dig',
  'kiosk.takeAlongHow': 'Rikta telefonens kamera mot rutan. Den innehåller orden nedan; inget skickas.',
  'kiosk.takeAlongPicture': 'En ruta för en telefons kamera. Den innehåller orden bredvid.',
  'kiosk.takeAlongCut': 'Rutan innehåller början av svaret.',

  'kiosk.stillThere': 'Är du kvar?',
  'kiosk.stillThereLine': { one: 'Om {n} sekund glömmer skärmen dina frågor.', other: 'Om {n} sekunder glömmer skärmen dina frågor.' },
  'kiosk.stay': 'Ja, fortsätt',
  'kiosk.finish': 'Nej, jag är klar',

  'kiosk.personLine': 'Personalen ser att du väntar. Du behöver inte fylla i något.',
  'kiosk.personContact': 'Ditt namn eller telefonnummer',
  'kiosk.personNote': 'Vad gäller det?',
  'kiosk.personCall': 'Meddela personalen',
  'kiosk.personCalling': 'Meddelar personalen…',
  'kiosk.personNumber': 'Ditt nummer',
  'kiosk.personBack': 'Tillbaka till mina frågor',
  'kiosk.personFailed': 'Personalen kunde inte meddelas just nu. Du når dem så här:',
  'kiosk.personReplies': 'Personalens svar visas här.',
  'kiosk.staff': 'Personal',

  'kiosk.keyboard': 'Tangentbord',
  'kiosk.keyShift': 'Stora bokstäver',
  'kiosk.keyBackspace': 'Radera ett tecken',
  'kiosk.keySpace': 'Mellanslag',
  'kiosk.keySend': 'Skicka',
  'kiosk.keyNext': 'Nästa fält',
  'kiosk.keyHide': 'Dölj tangentbordet',
  'kiosk.keySigns': 'Siffror och tecken',
  'kiosk.keyLetters': 'Bokstäver',

  'kiosk.leaveTitle': 'Endast för personal',
  'kiosk.leaveNoPin': 'Det finns ingen PIN-kod än. Välj först en i personalens fönster.',
  'kiosk.closedTitle': 'Skärmen är stängd',
  'kiosk.closedLine': 'Besökare kan inte fråga här förrän personalen öppnar den igen.',

  'kiosk.calmTitle': 'Ett ögonblick',
  'kiosk.calmLine': {
    one: 'För många tangenter trycktes ned samtidigt. Det fortsätter om {n} sekund.',
    other: 'För många tangenter trycktes ned samtidigt. Det fortsätter om {n} sekunder.',
  },
  'kiosk.pasteTooLong': 'Det är för långt. Skriv en kort fråga.',

  'kiosk.tour': 'Rundtur',
  'kiosk.tourStep': 'Fråga {step} av {all}',
  'kiosk.tourNext': 'Ställ den',
  'kiosk.bytesSent': { one: '{n} byte skickad', other: '{n} byte skickade' },
  'kiosk.onlyHere': 'Den här sidan får bara tala med det här programmet.',
  'kiosk.reset': 'Återställ (F9)',
} as const
