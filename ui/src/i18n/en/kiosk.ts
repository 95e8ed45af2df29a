// The visitors' screen: attract, ask, keyboard, take along, still there.

export const kiosk = {
  'kiosk.askMe': 'Ask me',
  'kiosk.touch': 'Touch the screen to begin',
  'kiosk.topics': 'Topics',
  'kiosk.chooseLanguage': 'Choose your language',
  'kiosk.contrast': 'Strong contrast',

  'kiosk.listen': 'Read aloud',
  'kiosk.stopListening': 'Stop reading',
  'kiosk.takeAlong': 'Take it with you',
  'kiosk.takeAlongHow': 'Point your phone’s camera at the square. It holds the words below; nothing is sent.',
  'kiosk.takeAlongPicture': 'A square for a phone’s camera. It holds the words beside it.',
  'kiosk.takeAlongCut': 'The square holds the beginning of the answer.',

  'kiosk.stillThere': 'Are you still there?',
  'kiosk.stillThereLine': {
    one: 'In {n} second this screen forgets your questions.',
    other: 'In {n} seconds this screen forgets your questions.',
  },
  'kiosk.stay': 'Yes, go on',
  'kiosk.finish': 'No, I am done',

  'kiosk.personLine': 'Staff will see that you are waiting. You need not fill in anything.',
  'kiosk.personContact': 'Your name or telephone number',
  'kiosk.personNote': 'What is it about?',
  'kiosk.personCall': 'Tell the staff',
  'kiosk.personCalling': 'Telling the staff…',
  'kiosk.personNumber': 'Your number',
  'kiosk.personBack': 'Back to my questions',
  'kiosk.personFailed': 'The staff could not be told just now. You can reach them like this:',
  'kiosk.personReplies': 'Answers of the staff appear here.',
  'kiosk.staff': 'Staff',

  'kiosk.keyboard': 'Keyboard',
  'kiosk.keyShift': 'Capital letters',
  'kiosk.keyBackspace': 'Delete one character',
  'kiosk.keySpace': 'Space',
  'kiosk.keySend': 'Send',
  'kiosk.keyNext': 'Next field',
  'kiosk.keyHide': 'Hide the keyboard',
  'kiosk.keySigns': 'Numbers and signs',
  'kiosk.keyLetters': 'Letters',

  'kiosk.leaveTitle': 'Staff only',
  'kiosk.leaveNoPin': 'There is no staff PIN yet. Choose one in the staff window first.',
  'kiosk.closedTitle': 'This screen is closed',
  'kiosk.closedLine': 'Visitors cannot ask here until staff opens it again.',

  'kiosk.calmTitle': 'One moment, please',
  'kiosk.calmLine': {
    one: 'Too many keys were pressed at once. It goes on in {n} second.',
    other: 'Too many keys were pressed at once. It goes on in {n} seconds.',
  },
  'kiosk.pasteTooLong': 'That is too long. Please write a short question.',

  'kiosk.tour': 'Tour',
  'kiosk.tourStep': 'Question {step} of {all}',
  'kiosk.tourNext': 'Ask it',
  'kiosk.bytesSent': { one: '{n} byte sent', other: '{n} bytes sent' },
  'kiosk.onlyHere': 'This page may only talk to this program.',
  'kiosk.reset': 'Reset (F9)',
} as const
