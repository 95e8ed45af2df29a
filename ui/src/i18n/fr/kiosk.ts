// The visitors’ screen, in French.

export const kiosk = {
  'kiosk.askMe': 'Interrogez-moi',
  'kiosk.touch': 'Touchez l’écran pour commencer',
  'kiosk.topics': 'Thèmes',
  'kiosk.chooseLanguage': 'Choisissez votre langue',
  'kiosk.contrast': 'Contraste fort',

  'kiosk.listen': 'Lire à voix haute',
  'kiosk.stopListening': 'Arrêter la lecture',
  'kiosk.takeAlong': 'Emporter',
  'kiosk.takeAlongHow': 'Visez le carré avec l’appareil photo de votre téléphone. Il contient le texte ci-dessous ; rien n’est envoyé.',
  'kiosk.takeAlongPicture': 'Un carré pour l’appareil photo d’un téléphone. Il contient le texte à côté.',
  'kiosk.takeAlongCut': 'Le carré contient le début de la réponse.',

  'kiosk.stillThere': 'Êtes-vous toujours là ?',
  'kiosk.stillThereLine': {
    one: 'Dans {n} seconde, cet écran oublie vos questions.',
    many: 'Dans {n} secondes, cet écran oublie vos questions.',
    other: 'Dans {n} secondes, cet écran oublie vos questions.',
  },
  'kiosk.stay': 'Oui, continuer',
  'kiosk.finish': 'Non, j’ai terminé',

  'kiosk.personLine': 'Le personnel verra que vous attendez. Vous n’avez rien à remplir.',
  'kiosk.personContact': 'Votre nom ou votre numéro de téléphone',
  'kiosk.personNote': 'De quoi s’agit-il ?',
  'kiosk.personCall': 'Prévenir le personnel',
  'kiosk.personCalling': 'Le personnel est prévenu…',
  'kiosk.personNumber': 'Votre numéro',
  'kiosk.personBack': 'Retour à mes questions',
  'kiosk.personFailed': 'Impossible de prévenir le personnel pour le moment. Vous pouvez le joindre ainsi :',
  'kiosk.personReplies': 'Les réponses du personnel s’affichent ici.',
  'kiosk.staff': 'Personnel',

  'kiosk.keyboard': 'Clavier',
  'kiosk.keyShift': 'Majuscules',
  'kiosk.keyBackspace': 'Effacer un caractère',
  'kiosk.keySpace': 'Espace',
  'kiosk.keySend': 'Envoyer',
  'kiosk.keyNext': 'Champ suivant',
  'kiosk.keyHide': 'Masquer le clavier',
  'kiosk.keySigns': 'Chiffres et signes',
  'kiosk.keyLetters': 'Lettres',

  'kiosk.leaveTitle': 'Réservé au personnel',
  'kiosk.leaveNoPin': 'Il n’y a pas encore de code PIN. Choisissez-en d’abord un dans la fenêtre du personnel.',
  'kiosk.closedTitle': 'Cet écran est fermé',
  'kiosk.closedLine': 'On ne peut rien demander ici tant que le personnel ne l’a pas rouvert.',

  'kiosk.calmTitle': 'Un instant, s’il vous plaît',
  'kiosk.calmLine': {
    one: 'Trop de touches à la fois. La suite dans {n} seconde.',
    many: 'Trop de touches à la fois. La suite dans {n} secondes.',
    other: 'Trop de touches à la fois. La suite dans {n} secondes.',
  },
  'kiosk.pasteTooLong': 'C’est trop long. Écrivez une question courte, s’il vous plaît.',

  'kiosk.tour': 'Visite',
  'kiosk.tourStep': 'Question {step} sur {all}',
  'kiosk.tourNext': 'La poser',
  'kiosk.bytesSent': { one: '{n} octet envoyé', many: '{n} octets envoyés', other: '{n} octets envoyés' },
  'kiosk.onlyHere': 'Cette page ne peut parler qu’à ce programme.',
  'kiosk.reset': 'Réinitialiser (F9)',
} as const
