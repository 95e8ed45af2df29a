// What the try-out desk keeps of people.
import type { PrivacyCommand, PrivacyReply, PrivacyTimes } from '../../bindings/wire'
import { apiError } from '../errors'

export class FakePrivacy {
  times: PrivacyTimes = { kiosk_hours: 0, conversation_days: 30, ticket_days: 90 }
  kept = { kiosk_conversations: 1, conversations: 18, questions: 64, tickets: 3, gaps: 3 }
  databases: string[] = []
  waits = false

  async answer(command: PrivacyCommand): Promise<PrivacyReply> {
    switch (command.what) {
      case 'state':
        return this.#view()
      case 'change': {
        const { kiosk_hours, conversation_days, ticket_days } = command
        this.times = { kiosk_hours, conversation_days, ticket_days }
        return this.#view()
      }
      case 'would_erase': {
        const shorter = command.conversation_days < this.times.conversation_days
        const fewer = command.ticket_days < this.times.ticket_days
        return { of: 'would_erase', conversations: shorter ? Math.min(11, this.kept.conversations) : 0, tickets: fewer ? this.kept.tickets : 0, gaps: 0, waiting: 0 }
      }
      case 'erase_now': {
        const { kiosk_conversations, conversations, tickets, gaps } = this.kept
        // One visitor waits for a person as long as the wishes stay.
        const waiting = command.tickets ? 0 : Math.min(1, conversations)
        const erased = { waiting, conversations: kiosk_conversations + conversations - waiting, tickets: command.tickets ? tickets : 0, gaps: command.gaps ? gaps : 0 }
        this.kept = { kiosk_conversations: 0, conversations: waiting, questions: 2 * waiting, tickets: tickets - erased.tickets, gaps: gaps - erased.gaps }
        return { of: 'erased', ...erased }
      }
      case 'export_all': {
        if (!/^([A-Z]:|\/)/.test(command.folder)) throw apiError('not_found', `there is no folder "${command.folder}"`, 'Write the whole path of a folder that is there.')
        const stem = `${command.folder}/frontdesk-people-2026-11-22`
        return { of: 'exported', files: [`${stem}.json`, `${stem}.html`], questions: this.kept.questions, tickets: this.kept.tickets }
      }
    }
  }

  #view(): PrivacyReply {
    const { questions } = this.kept
    return {
      of: 'privacy',
      times: this.times,
      folder: 'C:\\Users\\Desk\\AppData\\Roaming\\frontdesk',
      ...this.kept,
      oldest_at: questions ? 1_762_000_000 : null,
      numbers: 214,
      looked_at: 1_763_800_000,
      waits_for_clock: this.waits,
      downloads: [],
      databases: this.databases,
    }
  }
}
