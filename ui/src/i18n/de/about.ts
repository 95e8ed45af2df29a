// What the program is and what happened lately, in German.

export const about = {
  'computer.tab.about': 'Info und Protokoll',
  'about.title': 'Über Frontdesk',
  'about.version': 'Version {version}',
  'about.what': 'Eine Auskunft, die nur auf diesem Computer läuft. Sie sendet nichts.',
  'about.licences': 'Lizenzen aller Bestandteile',
  'about.log': 'Was zuletzt geschah',
  'about.logWhat': 'Für jemanden, der hilft. Fragen, Namen und Nummern der Besucher stehen nicht darin.',
  'about.show': 'Protokoll zeigen',
  'about.lines': 'Zeilen des Protokolls',
  'about.logEmpty': 'Noch wurde nichts notiert.',
  'about.folder': 'Die Dateien liegen in {folder}.',
  'about.copy': 'Protokoll kopieren',
  'about.copied': 'Kopiert.',
  'about.again': 'Noch einmal nachsehen',
  'about.loading': 'Wird gelesen…',
} as const
