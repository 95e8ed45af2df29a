// The frame of the staff window: rail, modes, what every page shares.

export const frame = {
  'frame.places': 'Pages',
  'frame.goTo': 'Go to…',
  'frame.goToHint': 'Type a few letters',
  'frame.goToNothing': 'No page has these words. Try fewer letters.',
  'frame.expert': 'Expert view',
  'frame.expertHint': 'Shows figures and names that only few people need',
  'frame.placeFailed': 'This page could not be opened.',
  'frame.about.home': 'What needs doing before the doors open',
  'frame.about.try': 'Ask a question as a visitor would',
  'frame.about.knowledge': 'Answers, documents and questions that wait',
  'frame.about.orders': 'Where orders come from and how old they are',
  'frame.about.visitors': 'Conversations and requests for a person',
  'frame.about.insights': 'How many ask, what they ask, how fast it goes',
  'frame.about.look': 'Name, logo, colours, welcome and languages',
  'frame.about.kiosk': 'Full screen, lock and topics for visitors',
  'frame.about.privacy': 'What is kept, for how long, and backups',
  'frame.about.network': 'Tablets nearby, other engines, more computers',
  'frame.about.computer': 'Speed, models, settings and a plan for more visitors',
} as const
