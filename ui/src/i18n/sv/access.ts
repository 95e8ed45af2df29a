// The staff PIN and the recovery code, in Swedish.

export const access = {
  'access.title': 'Personalens PIN-kod',
  'access.what': 'Skriv PIN-koden för att lämna besökarnas skärm.',
  'access.codeTitle': 'Återställningskod',
  'access.codeWhat': 'Skriv de 20 bokstäverna och siffrorna från det utskrivna bladet. Koden fungerar en gång; välj sedan en ny PIN-kod.',
  'access.digits': { one: '{n} siffra skriven', other: '{n} siffror skrivna' },
  'access.letters': { one: '{n} av 20 skriven', other: '{n} av 20 skrivna' },
  'access.keys': 'Tangenter',
  'access.delete': 'Radera den sista',
  'access.check': 'Kontrollera PIN-koden',
  'access.checkCode': 'Kontrollera koden',
  'access.back': 'Tillbaka',
  'access.forgot': 'Jag har glömt PIN-koden',
  'access.usePin': 'Skriv PIN-koden i stället',
  'access.looking': 'Kontrollerar…',
  'access.wrong': { one: 'Det var inte rätt. {n} försök kvar.', other: 'Det var inte rätt. {n} försök kvar.' },
  'access.locked': 'För många försök.',
  'access.waitSeconds': { one: 'Försök igen om {n} sekund.', other: 'Försök igen om {n} sekunder.' },
  'access.waitMinutes': { one: 'Försök igen om {n} minut.', other: 'Försök igen om {n} minuter.' },
} as const
