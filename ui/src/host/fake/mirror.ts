// A desk that says one and the same text wherever it says anything of a shop's, a visitor's or a file's own words. For tests of what pages make of it.
import type { Host } from '../types'

/** What people and files may write; names of states, kinds and languages are the program's own. */
const WORDS = new Set(
  'name welcome hand_over answer question title source locator passage text message hint label carrier items number note contact last_question refusal place path suggestions sources alternatives warnings'.split(' '),
)

/** `say` gives the text; an empty one leaves everything as it is. */
export function mirror(host: Host, say: () => string): Host {
  return {
    capabilities: host.capabilities,
    visit: async (command, onEvent) => reflect(await host.visit(command, onEvent && ((event) => onEvent(reflect(event, say())))), say()),
    manage: async (command) => reflect(await host.manage(command), say()),
  }
}

function reflect<Value>(value: Value, words: string): Value {
  return words ? (changed(value, '', words) as Value) : value
}

function changed(value: unknown, key: string, words: string): unknown {
  // Lists tell their rows apart by the words in them.
  if (Array.isArray(value)) return value.map((one, at) => changed(one, key, at ? `${words} ${at}` : words))
  if (typeof value === 'string') return WORDS.has(key) ? words : value
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, one]) => [name, changed(one, isStatusOfOrder(value, name) ? 'text' : name, words)])
  return Object.fromEntries(entries)
}

/** In an order the status is a sentence of the shop's; elsewhere it is a state of the program's. */
function isStatusOfOrder(value: object, name: string): boolean {
  return name === 'status' && 'carrier' in value
}
