// The HTTP host: the key, the stream and its errors.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TurnEvent } from '../bindings/wire'
import { httpHost, takeKey } from './http'
import { readLines } from './ndjson'

function streamOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

function cut(text: string, size: number): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.slice(index * size, (index + 1) * size))
}

async function checkLines(text: string, size: number, expected: unknown[]) {
  const found = []
  for await (const line of readLines(streamOf(cut(text, size)))) found.push(line)
  expect(found, `chunks of ${size}`).toEqual(expected)
}

function answerWith(body: BodyInit, status = 200) {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(body, { status })))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

const ASK = { do: 'ask', ask_id: 'a1', question: 'Hello' } as const
const TURN = { is: 'turn', id: 'a1', answer: 'Hello!' }

afterEach(() => vi.unstubAllGlobals())

describe('lines of JSON', () => {
  it('may be cut anywhere, even inside a character', async () => {
    const text = '{"event":"token","text":"ä€😀"}\n\n{"event":"token","text":"مرحبا"}\n{"reply":1}'
    const expected = [{ event: 'token', text: 'ä€😀' }, { event: 'token', text: 'مرحبا' }, { reply: 1 }]
    for (const size of [1, 2, 3, 7, 1000]) await checkLines(text, size, expected)
  })

  it('may be none at all', async () => {
    await checkLines('', 1, [])
    await checkLines('\n\n', 1, [])
  })
})

describe('the HTTP host', () => {
  it('streams events and ends with the reply', async () => {
    const lines = ['{"event":"routed","route":"smalltalk"}', '{"event":"token","text":"Hello!"}', JSON.stringify({ reply: TURN })]
    const fetched = answerWith(`${lines.join('\n')}\n`)
    const events: TurnEvent[] = []
    const reply = await httpHost('kiosk', 'k').visit(ASK, (event) => events.push(event))
    expect(events.map((event) => event.event)).toEqual(['routed', 'token'])
    expect(reply).toEqual(TURN)
    const [path, request] = fetched.mock.calls[0] ?? []
    expect(path).toBe('/visit')
    expect(new Headers(request?.headers).get('authorization')).toBe('Bearer k')
    expect(JSON.parse(String(request?.body))).toEqual(ASK)
  })

  it('rejects with the error of the last line', async () => {
    answerWith('{"error":{"code":"engine_down","message":"gone","hint":"wait"}}\n')
    await expect(httpHost('kiosk', 'k').visit(ASK)).rejects.toEqual({ code: 'engine_down', message: 'gone', hint: 'wait' })
  })

  it('rejects when the answer ends too early or is broken', async () => {
    answerWith('{"event":"token","text":"Hel"}\n')
    await expect(httpHost('kiosk', 'k').visit(ASK)).rejects.toMatchObject({ code: 'unavailable' })
    answerWith('{"event":"tok')
    await expect(httpHost('kiosk', 'k').visit(ASK)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('rejects with the body of a refused request', async () => {
    answerWith('{"code":"forbidden","message":"visitors may not do this"}', 403)
    await expect(httpHost('staff', 'k').manage({ do: 'health' })).rejects.toEqual({
      code: 'forbidden',
      message: 'visitors may not do this',
      hint: null,
    })
    answerWith('not JSON')
    await expect(httpHost('staff', 'k').manage({ do: 'health' })).rejects.toMatchObject({ code: 'unavailable' })
    answerWith('<h1>Bad gateway</h1>', 502)
    await expect(httpHost('staff', 'k').manage({ do: 'health' })).rejects.toMatchObject({ code: 'internal' })
  })

  it('rejects when nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
    await expect(httpHost('staff', 'k').visit({ do: 'greet' })).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('the key', () => {
  it('moves from the address into the session', () => {
    history.replaceState(null, '', '/kiosk.html?x=1#key=s3cret')
    expect(takeKey(location, history, sessionStorage)).toBe('s3cret')
    expect(location.href).not.toContain('s3cret')
    expect(location.search).toBe('?x=1')
    expect(takeKey(location, history, sessionStorage)).toBe('s3cret')
  })
})
