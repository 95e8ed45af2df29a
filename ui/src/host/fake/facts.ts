// The typed facts of the fake desk.
import type { FactsView, SpanView } from '../../bindings/wire'

const day: SpanView = { opens: '09:00', closes: '18:00' }
const lunch: SpanView[] = [
  { opens: '09:00', closes: '12:30' },
  { opens: '14:00', closes: '18:00' },
]

const FACTS: FactsView = {
  time_zone: 'Europe/London',
  places: [
    {
      names: ['Harbour Outfitters'],
      phone: '01234 567 890',
      email: 'hello@example.org',
      address: '1 Quay Street',
      seasons: [{ from: '', to: '', week: [[day], [day], lunch, [day], [day], [{ opens: '10:00', closes: '16:00' }], []] }],
      special_days: [
        { names: ['Christmas Eve'], on: '12-24', hours: [{ opens: '09:00', closes: '13:00' }] },
        { names: ['Easter Monday'], on: 'easter+1', hours: [] },
      ],
      known_until: '2027-12-31',
    },
  ],
  prices: [{ names: ['Waxing a jacket'], amount: '12.50', currency: '£', valid_until: '' }],
}
const NONE: FactsView = { time_zone: '', places: [], prices: [] }

export class FakeFacts {
  facts: FactsView

  constructor(isEmpty: boolean | undefined) {
    this.facts = structuredClone(isEmpty ? NONE : FACTS)
  }
}
