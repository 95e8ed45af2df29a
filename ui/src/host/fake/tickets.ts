// Who waits for a person at the try-out desk.
import type { StaffCommand, StaffReply, TicketDetail, TicketLineView } from '../../bindings/wire'
import { apiError } from '../errors'

const NEWEST = 1_795_350_600
const line = (at: number, author: string, text: string, route = '', sources: string[] = []): TicketLineView => ({ at, author, text, route, sources })

function open(): TicketDetail[] {
  const blank = { note: '', contact: '', taken_at: null, closed_at: null, visitor_gone: false }
  return [
    {
      ticket: { ...blank, id: 1, reason: 'asked', state: 'closed', opened_at: NEWEST - 90_000, closed_at: NEWEST - 89_000, taken_at: NEWEST - 89_500, said_at: NEWEST - 90_000 },
      lines: [line(NEWEST - 90_000, 'visitor', 'Can I talk to somebody?'), line(NEWEST - 89_400, 'staff', 'I am on my way.')],
    },
    {
      ticket: { ...blank, id: 2, reason: 'refused_twice', state: 'requested', contact: 'Ann Lee, table 4', note: 'I have the camper outside.', opened_at: NEWEST - 420, said_at: NEWEST - 300 },
      lines: [
        line(NEWEST - 480, 'visitor', 'Is there parking for a camper?'),
        line(NEWEST - 480, 'desk', 'I can help with returns, delivery and repairs.', 'refused'),
        line(NEWEST - 420, 'visitor', 'And how high is the gate?'),
        line(NEWEST - 420, 'desk', 'I could not find this. Somebody has been told. Your number is 2.', 'refused'),
      ],
    },
    {
      ticket: { ...blank, id: 3, reason: 'emergency', state: 'requested', opened_at: NEWEST - 40, said_at: NEWEST - 40 },
      lines: [line(NEWEST - 40, 'visitor', 'Somebody fell on the stairs'), line(NEWEST - 40, 'desk', 'Call 112 now. Somebody has been told. Your number is 3.', 'handoff')],
    },
    {
      ticket: { ...blank, id: 4, reason: 'button', state: 'human', contact: '01632 960 140', visitor_gone: true, opened_at: NEWEST - 5_000, taken_at: NEWEST - 4_000, said_at: NEWEST - 5_000 },
      lines: [],
    },
  ]
}

export class FakeTickets {
  tickets: TicketDetail[]

  constructor(options: { empty?: boolean }) {
    this.tickets = options.empty ? [] : open()
  }

  /** `null` for a command about something else. */
  answer(command: StaffCommand): StaffReply | null {
    switch (command.do) {
      case 'tickets': {
        const wanted = this.tickets.filter(({ ticket }) => !command.open_only || ticket.state !== 'closed')
        return { is: 'tickets', tickets: wanted.map(({ ticket }) => structuredClone(ticket)).reverse() }
      }
      case 'ticket':
        return { is: 'ticket', ...structuredClone(this.#find(command.id)) }
      case 'take_ticket':
        this.#find(command.id).ticket.state = 'human'
        return { is: 'done' }
      case 'reply_ticket': {
        const found = this.#find(command.id)
        found.ticket.state = 'human'
        found.lines.push(line(NEWEST, 'staff', command.text))
        return { is: 'added', id: found.lines.length }
      }
      case 'close_ticket':
        this.#find(command.id).ticket.state = 'closed'
        return { is: 'done' }
      default:
        return null
    }
  }

  #find(id: number): TicketDetail {
    const found = this.tickets.find(({ ticket }) => ticket.id === id)
    if (!found) throw apiError('not_found', `there is no open ticket ${id}`)
    return found
  }
}
