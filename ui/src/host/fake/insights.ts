// The try-out desk's insights: a shop with a slow Monday, a full Saturday and a closed Sunday.
import type { DayView, InsightsCommand, InsightsReply, InsightsView, LaneCounts } from '../../bindings/wire'

const LAST_DAY = Date.UTC(2026, 10, 22)
const DAY = 86_400_000
/** Questions by weekday, Sunday first as JavaScript counts. */
const ASKED = [6, 38, 44, 47, 52, 66, 94]
const BY_HOUR = [0, 0, 0, 0, 0, 0, 0, 1, 4, 9, 12, 14, 11, 9, 10, 12, 13, 9, 3, 1, 1, 0, 0, 0]
const NONE: LaneCounts = { approved: 0, documents: 0, orders: 0, asked_back: 0, refused: 0, person: 0, other: 0, questions: 0 }

function dayOf(back: number, isEmpty: boolean): DayView {
  const at = LAST_DAY - back * DAY
  const day = new Date(at).toISOString().slice(0, 10)
  const weekday = new Date(at).getUTCDay()
  const questions = isEmpty ? 0 : Math.max(0, ASKED[weekday]! + ((back * 13) % 11) - 5)
  if (questions === 0) return { day, lanes: NONE, p50_ms: null, p95_ms: null }
  const share = (part: number) => Math.round(questions * part)
  const lanes = { approved: share(0.46), documents: share(0.2), orders: share(0.1), asked_back: share(0.05), refused: share(0.04 + back / 900), person: share(0.04), other: 0, questions }
  lanes.other = Math.max(0, questions - lanes.approved - lanes.documents - lanes.orders - lanes.asked_back - lanes.refused - lanes.person)
  return { day, lanes, p50_ms: 70 + ((back * 17) % 40), p95_ms: 900 + ((back * 131) % 700) }
}

export class FakeInsights {
  readonly isEmpty: boolean

  constructor(options: { empty?: boolean } = {}) {
    this.isEmpty = options.empty ?? false
  }

  async answer(command: InsightsCommand): Promise<InsightsReply> {
    switch (command.what) {
      case 'state':
        return { of: 'state', questions: this.isEmpty ? 0 : 4_210 }
      case 'overview':
        return { of: 'overview', ...this.#overview(command.days, command.minutes_each) }
    }
  }

  #overview(count: number, minutes_each: number): InsightsView {
    const days = Array.from({ length: count }, (_, index) => dayOf(count - 1 - index, this.isEmpty))
    const all = days.reduce<LaneCounts>((sum, { lanes }) => Object.fromEntries(Object.entries(sum).map(([lane, value]) => [lane, value + lanes[lane as keyof LaneCounts]])) as LaneCounts, NONE)
    const weeks = count / 7
    const hours = [1, 2, 3, 4, 5, 6, 0].map((weekday) => BY_HOUR.map((share) => (this.isEmpty ? 0 : Math.round(((ASKED[weekday]! * share) / 109) * weeks))))
    const answers = all.approved + all.documents
    const part = (share: number) => Math.round(all.questions * share)
    const some = !this.isEmpty
    return {
      days,
      all,
      p50_ms: some ? 84 : null,
      p95_ms: some ? 1_240 : null,
      hours,
      top_answers: some
        ? [
            { faq_id: 1, question: 'When do you open?', count: part(0.21) },
            { faq_id: 2, question: 'Can I pay by card?', count: part(0.11) },
            { faq_id: 5, question: 'How do I return shoes that I bought online and have tried on at home?', count: part(0.08) },
            { faq_id: 6, question: 'Do you repair zips?', count: part(0.03) },
          ]
        : [],
      languages: some
        ? [
            { language: 'en', count: part(0.61) },
            { language: 'de', count: part(0.2) },
            { language: 'ar', count: part(0.07) },
            { language: '', count: part(0.12) },
          ]
        : [],
      thumbs_up: some ? part(0.06) : 0,
      thumbs_down: some ? part(0.01) : 0,
      gaps_open: some ? 3 : 0,
      saved: { answers, minutes_each, minutes: answers * minutes_each },
    }
  }
}
