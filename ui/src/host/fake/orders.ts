// The one order of the fake desk, and what opens it.
import type { OrderCard, OrderReply } from '../../bindings/wire'

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
