// Servers that may phrase answers: the list, and what is done with one of them.
import type { ApiError, EngineChange, EngineTestView, EngineView, EnginesCommand, EnginesReply, EnginesView, ExamView, LocalPlace } from '../../bindings/wire'
import { apiError, toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

/** What the last test or exam of a server brought. */
export type Tried = { test: EngineTestView } | { exam: ExamView } | { error: ApiError }

/** What was typed about a server; without a key the one that is kept stays. */
export type Typed = { change: EngineChange; key: string | null }

export class Engines {
  view = $state<EnginesView | null>(null)
  /** The server that is being tried now, and how. */
  trying = $state<{ id: string; how: 'test' | 'exam' } | null>(null)
  tried = $state<Record<string, Tried>>({})
  isWorking = $state(false)
  error = $state<ApiError | null>(null)
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  look(): Promise<boolean> {
    return this.#do({ what: 'state' })
  }

  /** Saves a server, then its key; one that is added is known by not having been there. */
  async save({ change, key }: Typed): Promise<{ id: string; isDone: boolean }> {
    const before = new Set(this.view?.engines.map((engine) => engine.id))
    if (!(await this.#do({ what: 'save', ...change }))) return { id: change.id, isDone: false }
    const id = change.id || (this.view?.engines.find((engine) => !before.has(engine.id))?.id ?? '')
    return { id, isDone: key === null || (await this.#do({ what: 'set_key', id, key })) }
  }

  turn(engine: EngineView, on: boolean): Promise<boolean> {
    return this.#do({ what: 'save', id: engine.id, on })
  }

  remove(id: string): Promise<boolean> {
    return this.#do({ what: 'remove', id })
  }

  askLocal(place: LocalPlace): Promise<boolean> {
    return this.#do({ what: 'set_local', place })
  }

  async try(id: string, how: 'test' | 'exam'): Promise<void> {
    this.trying = { id, how }
    const { [id]: _before, ...others } = this.tried
    this.tried = others
    try {
      const reply = await this.#ask(how === 'test' ? { what: 'test', id } : { what: 'sit_exam', id })
      if (reply.of === 'tested') this.tried = { ...this.tried, [id]: { test: reply } }
      if (reply.of === 'exam') this.tried = { ...this.tried, [id]: { exam: reply } }
    } catch (reason) {
      this.tried = { ...this.tried, [id]: { error: toApiError(reason) } }
    } finally {
      this.trying = null
    }
    await this.look()
  }

  async #do(command: EnginesCommand): Promise<boolean> {
    this.isWorking = command.what !== 'state'
    try {
      const reply = await this.#ask(command)
      if (reply.of === 'state') this.view = reply
      this.error = null
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    } finally {
      this.isWorking = false
    }
  }

  async #ask(command: EnginesCommand): Promise<EnginesReply> {
    const reply = await this.#host.manage({ do: 'engines', ...command })
    if (reply.is === 'engines') return reply
    throw apiError('internal', 'the desk answered with something else')
  }
}
