// What the fake desk says to which question. The words are those of a small sample shop.
import type { Citation, OrderForm, Route } from '../../bindings/wire'

export type Plan = {
  route: Route
  /** What arrives piece by piece. */
  streamed: string
  /** What the finished turn says; different where the check replaced the text. */
  answer: string
  citations: Citation[]
  suggestions: string[]
  /** The form to show below the answer. */
  orderForm: OrderForm | null
  handOver: string | null
  /** The engine dies half-way. */
  crashes: boolean
  /** The engine died before its first word; the answer is the desk's own. */
  isReplaced: boolean
  /** So many come first at the beginning. */
  ahead: number
  /** The engine is back after this answer. */
  recovers: boolean
}

export const HAND_OVER = 'Ask at the counter, or call 01234 567 890 (Monday to Saturday, 9 to 18).'

export const SUGGESTIONS = [
  'Can I bring back shoes I have worn outside?',
  'When do you open on Sundays?',
  'How much is delivery to Ireland?',
  'Do you repair zips?',
]

/** Whole passages by locator, so that a highlight has something around it. */
export const PASSAGES: Record<string, string> = {
  'Returns, exchanges and refunds > Footwear':
    'Shoes and boots can be returned within 30 days if they have only been tried on indoors on a clean, carpeted floor. Walking boots that have been worn outside cannot be returned unless they are faulty. Creased leather alone is no problem, because every boot creases a little when you try it on.',
  'Returns, exchanges and refunds > How refunds work':
    'Please keep your receipt or your order number. A refund goes back the way you paid, and it takes up to 5 working days to appear. We refund the price you paid, not the price of today.',
}

const footwear: Citation = {
  n: 1,
  source: 'returns.md',
  title: 'Returns, exchanges and refunds',
  locator: 'Returns, exchanges and refunds > Footwear',
  passage: 'Walking boots that have been worn outside cannot be returned unless they are faulty.',
  score: 0.91,
}

const refunds: Citation = {
  n: 2,
  source: 'returns.md',
  title: 'Returns, exchanges and refunds',
  locator: 'Returns, exchanges and refunds > How refunds work',
  passage: 'A refund goes back the way you paid, and it takes up to 5 working days to appear.',
  score: 0.74,
}

const hours: Citation = {
  n: 1,
  source: 'faq',
  title: 'When do you open?',
  locator: '',
  passage: 'We open Monday to Saturday from 9:00 to 18:00.',
  score: 1.1,
}

function say(route: Route, answer: string, more: Partial<Plan> = {}): Plan {
  const base = { citations: [], suggestions: [], orderForm: null, handOver: null, crashes: false, isReplaced: false, ahead: 0, recovers: true }
  return { route, answer, streamed: answer, ...base, ...more }
}

const LONG =
  'Yes, our workshop looks after what you bought here. Bring it to the counter on any weekday before noon. ' +
  'We clean, wax and stitch while you wait if the job takes less than half an hour. ' +
  'Larger repairs stay with us for about five working days. We call you before we start anything that costs more than we said.\n' +
  '• Zips from £12\n• Stitching from £8\n• New soles from £45'

const ORDER = 'I can look that up. Please tell me the number of the order and something that shows that it is yours.'

const PLANS: [RegExp, () => Plan][] = [
  [/HO-104106/i, () => say('order', ORDER, { orderForm: { number: 'HO-104106' } })],
  [/where is my order/i, () => say('order', ORDER, { orderForm: { number: null } })],
  [/shoes|boots|worn/i, () => say('quote', `${footwear.passage} ${refunds.passage}`, { citations: [footwear, refunds] })],
  [
    /sunday|open/i,
    () =>
      say('faq', 'We open Monday to Saturday from 9:00 to 18:00.\nOn Sundays we open from 10:00 to 16:00 between April and October.', {
        citations: [hours],
      }),
  ],
  [/queue/i, () => say('documents', LONG, { citations: [footwear], ahead: 2 })],
  [/repair|zip|workshop/i, () => say('documents', LONG, { citations: [footwear] })],
  [/delivery|ireland/i, () => say('did_you_mean', 'I am not sure what you mean. Did you mean one of these?', { suggestions: SUGGESTIONS.slice(0, 3) })],
  [/invent/i, () => say('documents', footwear.passage, { streamed: 'Returns are always free for everybody.', citations: [footwear] })],
  [/crash/i, () => say('documents', LONG, { crashes: true, recovers: false })],
  [/dead engine/i, () => say('quote', footwear.passage, { citations: [footwear], isReplaced: true })],
  [/person|human/i, () => say('handoff', 'A person can help you better here.', { handOver: HAND_OVER })],
  [/^(hello|hi|thanks)\b/i, () => say('smalltalk', 'Hello! What would you like to know?')],
  [/password|ignore/i, () => say('blocked', 'This is not a question the desk takes.', { handOver: HAND_OVER })],
]

export function plan(question: string): Plan {
  for (const [pattern, make] of PLANS) if (pattern.test(question)) return make()
  return say('refused', 'I could not find this in our documents.', {
    suggestions: SUGGESTIONS.slice(0, 3),
    handOver: HAND_OVER,
  })
}
