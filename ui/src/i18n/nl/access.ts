// The staff PIN and the recovery code, in Dutch.

export const access = {
  'access.title': 'Pincode van de medewerkers',
  'access.what': 'Typ de pincode om het bezoekersscherm te verlaten.',
  'access.codeTitle': 'Herstelcode',
  'access.codeWhat': 'Typ de 20 letters en cijfers van het gedrukte blad. De code werkt één keer; kies daarna een nieuwe pincode.',
  'access.digits': { one: '{n} cijfer getypt', other: '{n} cijfers getypt' },
  'access.letters': { one: '{n} van 20 getypt', other: '{n} van 20 getypt' },
  'access.keys': 'Toetsen',
  'access.delete': 'Het laatste wissen',
  'access.check': 'De pincode controleren',
  'access.checkCode': 'De code controleren',
  'access.back': 'Terug',
  'access.forgot': 'Ik ben de pincode vergeten',
  'access.usePin': 'Liever de pincode typen',
  'access.looking': 'Er wordt gecontroleerd…',
  'access.wrong': { one: 'Dat was het niet. Nog {n} poging.', other: 'Dat was het niet. Nog {n} pogingen.' },
  'access.locked': 'Te veel pogingen.',
  'access.waitSeconds': { one: 'Probeer het opnieuw over {n} seconde.', other: 'Probeer het opnieuw over {n} seconden.' },
  'access.waitMinutes': { one: 'Probeer het opnieuw over {n} minuut.', other: 'Probeer het opnieuw over {n} minuten.' },
} as const
