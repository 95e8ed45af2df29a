// The host of an ordinary browser: the same two surfaces over HTTP, with the key from the address.
import type { StaffReply, TurnEvent, VisitorReply } from '../bindings/wire'
import { apiError, isApiError, toApiError } from './errors'
import { readLines } from './ndjson'
import type { Host, Surface } from './types'

const KEY_NAME = 'frontdesk-key'

/** Takes the key out of `#key=…`, so that it stays neither in the address bar nor in the history. */
export function takeKey(location: Location, history: History, storage: Storage): string {
  const found = new URLSearchParams(location.hash.slice(1)).get('key')
  if (found) {
    storage.setItem(KEY_NAME, found)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return found ?? storage.getItem(KEY_NAME) ?? ''
}

async function post(path: string, key: string, body: unknown): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    })
  } catch {
    throw apiError('unavailable', 'the desk does not answer', null)
  }
  if (response.ok) return response
  const error: unknown = await response.json().catch(() => null)
  throw isApiError(error) ? toApiError(error) : apiError('internal', `the desk answered with status ${response.status}`)
}

type Line = TurnEvent | { reply: VisitorReply } | { error: unknown }

async function readAnswer(response: Response, onEvent?: (event: TurnEvent) => void): Promise<VisitorReply> {
  if (!response.body) throw apiError('internal', 'the answer has no body')
  try {
    for await (const value of readLines(response.body)) {
      const line = value as Line
      if ('reply' in line) return line.reply
      if ('event' in line) onEvent?.(line)
      else throw toApiError(line.error)
    }
  } catch (reason) {
    if (isApiError(reason)) throw reason
    throw apiError('unavailable', 'the connection to the desk was lost')
  }
  throw apiError('unavailable', 'the answer ended too early')
}

async function readReply<Reply>(response: Response): Promise<Reply> {
  try {
    return (await response.json()) as Reply
  } catch {
    throw apiError('unavailable', 'the connection to the desk was lost')
  }
}

export function httpHost(surface: Surface, key: string): Host {
  return {
    capabilities: { staff: surface === 'staff', chooseFiles: false, saveFiles: surface === 'staff' },
    visit: async (command, onEvent) => {
      const response = await post('/visit', key, command)
      return command.do === 'ask' ? readAnswer(response, onEvent) : readReply<VisitorReply>(response)
    },
    manage: async (command) => readReply<StaffReply>(await post('/manage', key, command)),
  }
}
