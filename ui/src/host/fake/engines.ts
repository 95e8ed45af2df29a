// Servers that the try-out desk knows.
import type { EngineChange, EnginePlace, EnginesCommand, EnginesReply, EnginesView, EngineView, LocalPlace } from '../../bindings/wire'
import { apiError } from '../errors'

const ORDER: EnginePlace[] = ['computer', 'network', 'private', 'cloud']

const USUAL: EngineView = {
  id: '',
  name: '',
  address: '',
  host: '',
  place: 'network',
  model: '',
  on: true,
  redacts: false,
  key: 'none',
  requests_per_minute: 0,
  at_once: 4,
  price_read: 0,
  price_written: 0,
  month_limit: 0,
  spent: 0,
  asked: 0,
  standing: 'ready',
  note: '',
  mark: null,
  passed: false,
}

const ENGINES: EngineView[] = [
  { ...USUAL, id: 'workshop', name: 'Computer in the workshop', address: 'http://192.168.178.50:8080/v1', host: '192.168.178.50', model: 'qwen3-8b', asked: 214, mark: 0.93, passed: true },
  { ...USUAL, id: 'cloud', name: 'Cloud', address: 'https://api.example.com/v1', host: 'api.example.com', place: 'cloud', model: 'large', on: false, redacts: true, key: 'keychain', requests_per_minute: 60, price_read: 0.5, price_written: 1.5, month_limit: 20, spent: 3.4, asked: 31, standing: 'off', mark: 0.97, passed: true },
]

export class FakeEngines {
  engines: EngineView[]
  local: LocalPlace = 'first'
  hasKeychain = true
  /** The keys as they came in; nobody gets them back. */
  keys: Record<string, string> = { cloud: 'secret' }

  constructor(options: { empty?: boolean }) {
    this.engines = options.empty ? [] : structuredClone(ENGINES)
  }

  async answer(command: EnginesCommand): Promise<EnginesReply> {
    switch (command.what) {
      case 'state':
        break
      case 'save': {
        const { what: _what, ...change } = command
        this.#save(change)
        break
      }
      case 'remove':
        this.engines = this.engines.filter((engine) => engine.id !== command.id)
        break
      case 'set_key': {
        const engine = this.#find(command.id)
        this.keys[command.id] = command.key
        engine.key = command.key ? (this.hasKeychain ? 'keychain' : 'file') : 'none'
        break
      }
      case 'set_local':
        this.local = command.place
        break
      case 'test': {
        const { host, model } = this.#find(command.id)
        if (host.includes('nowhere')) throw apiError('engine_down', `${host} does not answer`, 'See whether it is switched on and in the same network.')
        return { of: 'tested', models: [model || 'first'], model: model || 'first', server: 'llama-server', said: 'The shop opens at nine.', first_word_ms: 412, tokens_per_second: 38.4, tokens_read: 64, tokens_written: 12 }
      }
      case 'sit_exam': {
        const engine = this.#find(command.id)
        Object.assign(engine, { mark: 0.91, passed: true, standing: engine.on ? 'ready' : 'off' })
        return { of: 'exam', model: engine.model, mark: 0.91, passed: true, invented: 0, answerable: [19, 20], unanswerable: [9, 10], traps: [6, 6], own: [9, 10], seconds: 42, reasons: [] }
      }
    }
    return { of: 'state', ...this.#view() }
  }

  #find(id: string): EngineView {
    const engine = this.engines.find((one) => one.id === id)
    if (!engine) throw apiError('not_found', `there is no server ${id}`)
    return engine
  }

  #save(change: EngineChange): void {
    const known = change.id ? this.#find(change.id) : null
    const address = change.address ?? known?.address ?? ''
    if (!/^https?:\/\/[^/]+/.test(address)) throw apiError('invalid', `"${address}" is not the address of a server`, 'Write it with http:// or https://.')
    const { hostname: host } = new URL(address)
    const place: EnginePlace = change.place ?? known?.place ?? (/^(192\.168|10)\.|^localhost/.test(host) ? 'network' : 'cloud')
    const before = known ?? { ...USUAL, id: `server-${this.engines.length + 1}`, on: place !== 'cloud', standing: 'unproven' as const }
    const { id: _id, ...given } = change
    const engine: EngineView = { ...before, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)), address, host, place, redacts: place === 'private' || place === 'cloud' }
    engine.name ||= host
    engine.standing = !engine.on ? 'off' : engine.passed ? 'ready' : 'unproven'
    if (known) Object.assign(known, engine)
    else this.engines.push(engine)
  }

  #view(): EnginesView {
    const ready = this.engines.find((engine) => engine.standing === 'ready')
    return {
      engines: structuredClone(this.engines).sort((one, other) => ORDER.indexOf(one.place) - ORDER.indexOf(other.place)),
      local: this.local,
      local_may_speak: false,
      has_keychain: this.hasKeychain,
      next: ready?.id ?? null,
    }
  }
}
