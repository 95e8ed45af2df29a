// The staff PIN and the recovery code, in French.

export const access = {
  'access.title': 'Code PIN du personnel',
  'access.what': 'Saisissez le code PIN pour quitter l’écran des visiteurs.',
  'access.codeTitle': 'Code de secours',
  'access.codeWhat': 'Saisissez les 20 lettres et chiffres de la feuille imprimée. Il sert une fois ; choisissez ensuite un nouveau code PIN.',
  'access.digits': { one: '{n} chiffre saisi', many: '{n} chiffres saisis', other: '{n} chiffres saisis' },
  'access.letters': { one: '{n} sur 20 saisi', many: '{n} sur 20 saisis', other: '{n} sur 20 saisis' },
  'access.keys': 'Touches',
  'access.delete': 'Effacer le dernier',
  'access.check': 'Vérifier le code PIN',
  'access.checkCode': 'Vérifier le code',
  'access.back': 'Retour',
  'access.forgot': 'J’ai oublié le code PIN',
  'access.usePin': 'Saisir plutôt le code PIN',
  'access.looking': 'Vérification…',
  'access.wrong': {
    one: 'Ce n’était pas le bon. Encore {n} essai.',
    many: 'Ce n’était pas le bon. Encore {n} essais.',
    other: 'Ce n’était pas le bon. Encore {n} essais.',
  },
  'access.locked': 'Trop d’essais.',
  'access.waitSeconds': { one: 'Réessayez dans {n} seconde.', many: 'Réessayez dans {n} secondes.', other: 'Réessayez dans {n} secondes.' },
  'access.waitMinutes': { one: 'Réessayez dans {n} minute.', many: 'Réessayez dans {n} minutes.', other: 'Réessayez dans {n} minutes.' },
} as const
