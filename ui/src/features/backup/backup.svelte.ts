// The backups of the desk: which there are, one being made, one being looked into and brought back.
import type { ApiError, BackupCommand, BackupContent, BackupMade, BackupReply, BackupState, RestoredView, RestoreHow } from '../../bindings/wire'
import { apiError, toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

/** What is being done now; it may take a while on a large desk. */
export type Doing = '' | 'make' | 'place' | 'check' | 'restore'

export class Backup {
  state = $state<BackupState | null>(null)
  doing = $state<Doing>('')
  made = $state<BackupMade | null>(null)
  content = $state<BackupContent | null>(null)
  restored = $state<RestoredView | null>(null)
  error = $state<ApiError | null>(null)
  /** The file that is looked into, as it was typed or chosen. */
  file = $state('')
  readonly canChoose: boolean
  #host: Host

  constructor(host: Host) {
    this.#host = host
    this.canChoose = host.capabilities.chooseFiles
  }

  look(): Promise<boolean> {
    return this.#ask('', { what: 'state' })
  }

  async make(): Promise<void> {
    this.made = null
    if (await this.#ask('make', { what: 'make' })) await this.look()
  }

  /** A second place; empty for none, nothing to let the person choose. */
  keepAlsoIn(folder?: string): Promise<boolean> {
    return this.#ask('place', { what: 'keep_also_in', folder: folder ?? null })
  }

  async chooseFile(): Promise<void> {
    if (await this.#ask('check', { what: 'choose_file' })) await this.check(this.file)
  }

  async check(file: string): Promise<void> {
    this.file = file
    this.content = this.restored = null
    if (file) await this.#ask('check', { what: 'check', file })
  }

  async restore(how: RestoreHow): Promise<boolean> {
    const { content } = this
    if (!content || !(await this.#ask('restore', { what: 'restore', file: content.file, how }))) return false
    this.content = null
    return this.look()
  }

  async #ask(doing: Doing, command: BackupCommand): Promise<boolean> {
    this.doing = doing
    try {
      const reply = await this.#host.manage({ do: 'backup', ...command })
      if (reply.is !== 'backup') throw apiError('internal', 'the desk answered with something else')
      this.#take(reply)
      this.error = null
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    } finally {
      this.doing = ''
    }
  }

  #take(reply: BackupReply): void {
    switch (reply.of) {
      case 'state':
        this.state = reply
        return
      case 'made':
        this.made = reply
        return
      case 'chosen':
        this.file = reply.file ?? ''
        return
      case 'checked':
        this.content = reply
        return
      case 'restored':
        this.restored = reply
    }
  }
}
