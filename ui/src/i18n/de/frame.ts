// The frame of the staff window: rail, modes, what every page shares, in German.

export const frame = {
  'frame.places': 'Seiten',
  'frame.goTo': 'Gehe zu…',
  'frame.goToHint': 'Ein paar Buchstaben tippen',
  'frame.goToNothing': 'Keine Seite enthält diese Wörter. Versuchen Sie es mit weniger Buchstaben.',
  'frame.expert': 'Expertenansicht',
  'frame.expertHint': 'Zeigt Zahlen und Namen, die nur wenige brauchen',
  'frame.placeFailed': 'Diese Seite ließ sich nicht öffnen.',
  'frame.about.home': 'Was zu tun ist, bevor die Türen öffnen',
  'frame.about.try': 'Fragen, wie ein Besucher fragen würde',
  'frame.about.knowledge': 'Antworten, Dokumente und offene Fragen',
  'frame.about.orders': 'Woher die Bestellungen kommen und wie alt sie sind',
  'frame.about.visitors': 'Gespräche und Bitten um einen Menschen',
  'frame.about.insights': 'Wie viele fragen, was sie fragen, wie schnell es geht',
  'frame.about.look': 'Name, Logo, Farben, Begrüßung und Sprachen',
  'frame.about.kiosk': 'Vollbild, Sperre und Themen für Besucher',
  'frame.about.privacy': 'Was wie lange aufbewahrt wird, und Sicherungen',
  'frame.about.network': 'Tablets in der Nähe, andere Rechner, mehr Computer',
  'frame.about.computer': 'Tempo, Modelle, Einstellungen und ein Plan für mehr Besucher',
} as const
