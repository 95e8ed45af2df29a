// The staff PIN and the recovery code, in Italian.

export const access = {
  'access.title': 'PIN del personale',
  'access.what': 'Digiti il PIN per lasciare lo schermo dei visitatori.',
  'access.codeTitle': 'Codice di recupero',
  'access.codeWhat': 'Digiti le 20 lettere e cifre del foglio stampato. Vale una volta; poi scelga un nuovo PIN.',
  'access.digits': { one: '{n} cifra digitata', many: '{n} cifre digitate', other: '{n} cifre digitate' },
  'access.letters': { one: '{n} di 20 digitata', many: '{n} di 20 digitate', other: '{n} di 20 digitate' },
  'access.keys': 'Tasti',
  'access.delete': 'Cancella l’ultima',
  'access.check': 'Controlla il PIN',
  'access.checkCode': 'Controlla il codice',
  'access.back': 'Indietro',
  'access.forgot': 'Ho dimenticato il PIN',
  'access.usePin': 'Digita invece il PIN',
  'access.looking': 'Controllo…',
  'access.wrong': {
    one: 'Non era quello. Resta {n} tentativo.',
    many: 'Non era quello. Restano {n} tentativi.',
    other: 'Non era quello. Restano {n} tentativi.',
  },
  'access.locked': 'Troppi tentativi.',
  'access.waitSeconds': { one: 'Riprovi tra {n} secondo.', many: 'Riprovi tra {n} secondi.', other: 'Riprovi tra {n} secondi.' },
  'access.waitMinutes': { one: 'Riprovi tra {n} minuto.', many: 'Riprovi tra {n} minuti.', other: 'Riprovi tra {n} minuti.' },
} as const
