// The staff PIN and the recovery code, in Polish.

export const access = {
  'access.title': 'PIN pracowników',
  'access.what': 'Wpisz PIN, aby opuścić ekran dla odwiedzających.',
  'access.codeTitle': 'Kod odzyskiwania',
  'access.codeWhat': 'Wpisz 20 liter i cyfr z wydrukowanej kartki. Kod działa raz; potem ustal nowy PIN.',
  'access.digits': { one: 'Wpisano {n} cyfrę', few: 'Wpisano {n} cyfry', many: 'Wpisano {n} cyfr', other: 'Wpisano {n} cyfry' },
  'access.letters': { one: 'Wpisano {n} z 20', few: 'Wpisano {n} z 20', many: 'Wpisano {n} z 20', other: 'Wpisano {n} z 20' },
  'access.keys': 'Klawisze',
  'access.delete': 'Usuń ostatni znak',
  'access.check': 'Sprawdź PIN',
  'access.checkCode': 'Sprawdź kod',
  'access.back': 'Wstecz',
  'access.forgot': 'Nie pamiętam PIN-u',
  'access.usePin': 'Wpisz zamiast tego PIN',
  'access.looking': 'Sprawdzam…',
  'access.wrong': {
    one: 'To nie ten. Pozostała {n} próba.',
    few: 'To nie ten. Pozostały {n} próby.',
    many: 'To nie ten. Pozostało {n} prób.',
    other: 'To nie ten. Pozostało {n} próby.',
  },
  'access.locked': 'Zbyt wiele prób.',
  'access.waitSeconds': {
    one: 'Spróbuj ponownie za {n} sekundę.',
    few: 'Spróbuj ponownie za {n} sekundy.',
    many: 'Spróbuj ponownie za {n} sekund.',
    other: 'Spróbuj ponownie za {n} sekundy.',
  },
  'access.waitMinutes': {
    one: 'Spróbuj ponownie za {n} minutę.',
    few: 'Spróbuj ponownie za {n} minuty.',
    many: 'Spróbuj ponownie za {n} minut.',
    other: 'Spróbuj ponownie za {n} minuty.',
  },
} as const
