// The servers of the try-out desk: none is really asked.
import type { EngineChange, EnginePlace, EnginesCommand, EnginesReply, EngineView, LocalPlace } from '../../bindings/wire'
import { apiError } from '../errors'

const ORDER: EnginePlace[] = ['computer', 'network', 'private', 'cloud']

const LAN: EngineView = {
  id: 'back-office',
  name: 'Back office',
  address: 'http://192.168.1.20:8080/v1',
  host: '192.168.1.20',
  place: 'network',
  model: 'qwen3-8b',
  on: true,
  redacts: false,
  key: 'none',
  requests_per_minute: 0,
  at_once: 4,
  price_read: 0,
  price_written: 0,
  month_limit: 0,
  spent: 0,
  asked: 212,
  standing: 'ready',
  note: '',
  mark: 0.93,
  passed: true,
}

export class FakeEngines {
  engines: EngineView[] = [LAN]
  local: LocalPlace = 'first'
  hasKeychain = true

  async answer(command: EnginesCommand): Promise<EnginesReply> {
    switch (command.what) {
      case 'state':
        return this.#view()
      case 'save':
        this.#save(command)
        return this.#view()
      case 'remove':
        this.#find(command.id)
        this.engines = this.engines.filter(({ id }) => id !== command.id)
        return this.#view()
      case 'set_key':
        this.#put({ ...this.#find(command.id), key: command.key ? (this.hasKeychain ? 'keychain' : 'file') : 'none' })
        return this.#view()
      case 'set_local':
        this.local = command.place
        return this.#view()
      case 'test': {
        const engine = this.#find(command.id)
        if (engine.address.includes('nowhere')) throw apiError('engine_down', `${engine.host} cannot be reached`, 'Check the address, and that the server runs and lets this computer in.')
        return { of: 'tested', models: [engine.model || 'qwen3-8b', 'qwen3-14b'], model: engine.model || 'qwen3-8b', server: 'llama-server', said: 'We are open from nine to six.', first_word_ms: 240, tokens_per_second: 41.5, tokens_read: 58, tokens_written: 9 }
      }
      case 'sit_exam': {
        const engine = this.#find(command.id)
        this.#put({ ...engine, mark: 0.93, passed: true })
        const exam = { model: engine.model || 'qwen3-8b', mark: 0.93, passed: true, invented: 0, reasons: ['It passed.'], seconds: 48 }
        return { of: 'exam', ...exam, answerable: [19, 20], unanswerable: [10, 10], traps: [8, 10], own: [0, 0] }
      }
    }
  }

  #save(change: EngineChange & { what: 'save' }) {
    const { what: _, ...wanted } = change
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined && value !== null))
    if (!change.id && !change.address) throw apiError('invalid', 'a server needs an address', 'Write it as its maker gives it, such as http://192.168.1.20:8080/v1.')
    const before = change.id ? this.#find(change.id) : { ...LAN, id: `server-${this.engines.length + 1}`, name: '', model: '', asked: 0, mark: null, passed: false }
    const engine: EngineView = { ...before, ...given, id: before.id }
    engine.host = URL.canParse(engine.address) ? new URL(engine.address).hostname : ''
    if (!engine.host) throw apiError('invalid', `${engine.address} is no address`, 'Write it as its maker gives it, such as http://192.168.1.20:8080/v1.')
    if (!change.id && !change.place) engine.place = engine.address.startsWith('https://') ? 'cloud' : 'network'
    if (!change.id && change.on === undefined) engine.on = engine.place !== 'cloud'
    engine.name ||= engine.host
    engine.redacts = engine.place === 'private' || engine.place === 'cloud'
    this.#put(engine)
  }

  #find(id: string): EngineView {
    const engine = this.engines.find((one) => one.id === id)
    if (!engine) throw apiError('not_found', `there is no server ${id}`, 'It may have been removed in the meantime; open the list again.')
    return engine
  }

  #put(engine: EngineView) {
    engine.standing = !engine.on ? 'off' : engine.passed ? 'ready' : 'unproven'
    this.engines = [...this.engines.filter(({ id }) => id !== engine.id), engine]
    this.engines.sort((one, other) => ORDER.indexOf(one.place) - ORDER.indexOf(other.place))
  }

  #view(): EnginesReply {
    const ready = this.engines.find(({ standing }) => standing === 'ready')
    const next = this.local === 'last' ? (ready?.id ?? null) : null
    return { of: 'state', engines: this.engines, local: this.local, local_may_speak: true, has_keychain: this.hasKeychain, next }
  }
}
