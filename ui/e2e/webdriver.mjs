// A small W3C WebDriver client, enough to drive one WebKitGTK window.
import { until } from './programs.mjs'

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

export class WebDriver {
  #base
  #session = ''

  constructor(port) {
    this.#base = `http://127.0.0.1:${port}`
  }

  async #send(method, path, body) {
    const response = await fetch(this.#base + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const { value } = await response.json()
    if (!response.ok) throw new Error(`${value?.error ?? response.status} at ${path}: ${value?.message ?? ''}`)
    return value
  }

  #here(method, path, body) {
    return this.#send(method, `/session/${this.#session}${path}`, body)
  }

  /** Starts the program as the browser of a new session. */
  async open(binary, args) {
    await until('the driver', () => this.#send('GET', '/status'))
    // No browserName: WebKitWebDriver would look for one that is called that.
    const alwaysMatch = { 'webkitgtk:browserOptions': { binary, args } }
    const { sessionId } = await this.#send('POST', '/session', { capabilities: { alwaysMatch } })
    this.#session = sessionId
  }

  /** Every page of the program, each by its handle. */
  handles() {
    return this.#here('GET', '/window/handles')
  }

  /** From here on everything is said to this page. */
  async turnTo(handle) {
    await this.#here('POST', '/window', { handle })
  }

  async find(css) {
    const found = await this.#here('POST', '/element', { using: 'css selector', value: css })
    return found[ELEMENT]
  }

  async click(css) {
    await this.#here('POST', `/element/${await this.find(css)}/click`, {})
  }

  async type(css, text) {
    await this.#here('POST', `/element/${await this.find(css)}/value`, { text })
  }

  /** Runs a function body in the page; the function gets `args`. */
  run(script, ...args) {
    return this.#here('POST', '/execute/sync', { script, args })
  }

  /** The same, finishing when the last argument is called. */
  runAsync(script, ...args) {
    return this.#here('POST', '/execute/async', { script, args })
  }

  url() {
    return this.#here('GET', '/url')
  }

  async picture() {
    return Buffer.from(await this.#here('GET', '/screenshot'), 'base64')
  }

  async close() {
    if (this.#session) await this.#here('DELETE', '').catch(() => undefined)
    this.#session = ''
  }
}
