// The one order of the fake desk, and what opens it.
import type { OrderCard, OrderProposal, OrderReply, OrderSourceView, StaffCommand, StaffReply } from '../../bindings/wire'
import { apiError } from '../errors'

const PROOF = 'test@example.org'

const ORDER: OrderCard = {
  number: 'HO-104106',
  status: 'Your order is on its way.',
  as_of: '2026-11-22T07:05:00Z',
  ordered_on: '2026-11-18',
  shipped_on: '2026-11-20',
  expected_on: '2026-11-24',
  delivered_on: null,
  carrier: 'Crossline International',
  items: '1 x Merino base layer (size L); 1 x Proofer 300 ml',
}

/** A wrong number and a wrong proof are refused in the same words. */
export function verifyOrder(number: string, proof: string): OrderReply {
  if (number.trim().toUpperCase() === ORDER.number && proof.trim().toLowerCase() === PROOF) {
    return { outcome: 'found', card: ORDER, message: 'We have found your order.', hand_over: null }
  }
  const message = 'The number and the proof do not match an order here. Please check both.'
  return { outcome: 'refused', card: null, message, hand_over: null }
}

const SOURCE: OrderSourceView = {
  id: 1,
  place: 'C:\\Shop\\orders.csv',
  kind: 'file',
  map: ['order_no=number', 'mail=email', 'zip=postcode', 'state=status'],
  orders: 200,
  as_of: '2026-11-19T07:05:00Z',
  max_age_hours: 72,
  is_stale: true,
}

const PROPOSAL: Omit<OrderProposal, 'from'> = {
  columns: [
    { column: 'order_no', field: 'number', score: 0.98 },
    { column: 'mail', field: 'email', score: 0.95 },
    { column: 'zip', field: 'postcode', score: 0.81 },
    { column: 'state', field: 'status', score: 0.9 },
    { column: 'sent', field: 'shipped_on', score: 0.7 },
    { column: 'remarks', field: null, score: 0 },
  ],
  rows: 200,
  codes: ['new', 'packed', 'sent', 'X7'],
  is_sure: true,
  preview: [
    ['H•-1••101', 'a•••@e••••••.o••', '2• 4••', 'sent', '2026-11-18', 'p••••• r••• t••••'],
    ['H•-1••102', 'b••@e••••••.o••', 'A• 1••', 'packed', '', ''],
    ['H•-1••103', 'c••••@e••••••.o••', '1• 1••', 'sent', '2026-11-17', ''],
    ['H•-1••104', 'd•••@e••••••.n••', '8• 3••', 'X7', '', 'c••• b•••'],
    ['H•-1••105', 'e••@e••••••.o••', '5• 2••', 'new', '', ''],
  ],
}

/** Where the orders of the fake desk come from. */
export class FakeOrders {
  sources: OrderSourceView[]

  constructor(options: { empty?: boolean } = {}) {
    this.sources = options.empty ? [] : [structuredClone(SOURCE)]
  }

  /** The reply to a command about orders; `null` for every other command. */
  answer(command: StaffCommand): StaffReply | null {
    switch (command.do) {
      case 'order_sources':
        return { is: 'order_sources', sources: structuredClone(this.sources) }
      case 'propose_orders': {
        if (/broken/.test(command.from)) throw apiError('bad_file', 'broken.csv: not a table', 'Save the orders as CSV with a line of column names, and import them again.')
        return { is: 'order_proposal', from: command.from || 'C:\\Shop\\new-orders.csv', ...structuredClone(PROPOSAL) }
      }
      case 'activate_orders':
        return this.#activate(command.from, command.map ?? [], command.example_number)
      case 'remove_order_source':
        this.sources = this.sources.filter(({ id }) => id !== command.id)
        return { is: 'done' }
      case 'unlock_order':
        if (command.number !== ORDER.number) throw apiError('not_found', 'nobody has tried this order in vain', 'Check the number; an order that is not locked needs no unlocking.')
        return { is: 'done' }
      default:
        return null
    }
  }

  #activate(from: string, map: string[], example?: string | null): StaffReply {
    if (example && example !== ORDER.number) {
      throw apiError('invalid', 'the check before these orders go live failed: the order you named was not found with its own proof', 'Nothing was changed. Check which column holds what, and try an order you know.')
    }
    const known = this.sources.find(({ place }) => place === from)
    const fresh = { as_of: new Date().toISOString(), is_stale: false }
    if (known) Object.assign(known, fresh)
    else this.sources.push({ ...SOURCE, id: this.sources.length + 1, place: from, map, ...fresh })
    const report = { path: from, kind: 'orders', state: 'ready' as const, passages: 0, faqs: 0, orders: 200, warnings: ['shown as they stand, without a sentence: X7'], error: null }
    return { is: 'orders_active', report }
  }
}
