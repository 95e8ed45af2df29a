// What the program is and what happened lately.

export const about = {
  'computer.tab.about': 'About and log',
  'about.title': 'About Frontdesk',
  'about.version': 'Version {version}',
  'about.what': 'A help desk that runs on this computer alone. It sends nothing anywhere.',
  'about.licences': 'Licences of everything inside',
  'about.log': 'What happened lately',
  'about.logWhat': 'For somebody who helps. Questions, names and numbers of visitors are not in it.',
  'about.show': 'Show the log',
  'about.lines': 'Lines of the log',
  'about.logEmpty': 'Nothing was noted yet.',
  'about.folder': 'The files lie in {folder}.',
  'about.copy': 'Copy the log',
  'about.copied': 'Copied.',
  'about.again': 'Look again',
  'about.loading': 'Reading…',
} as const
