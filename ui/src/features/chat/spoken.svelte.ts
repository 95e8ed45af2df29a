// What the page says aloud through a screen reader about the newest question: that it looks, and each sentence of the answer once.
import { language, t } from '../../i18n/i18n.svelte'
import type { Exchange } from './conversation.svelte'
import { endedSentences, stillToSay } from './sentences'

/** An answer that is there sooner needs no word about looking for it. */
const PATIENCE_MILLISECONDS = 1_200

export class Spoken {
  /** Lines of a log, oldest first. They are only ever added while one question is the newest. */
  lines = $state<{ id: number; text: string }[]>([])
  #askId = ''
  #said: string[] = []
  #count = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Hears of every change of the newest question; without one there is nothing to say. */
  hear(exchange: Exchange | undefined): void {
    if (exchange?.askId !== this.#askId) this.#begin(exchange)
    if (!exchange) return
    const isOver = exchange.phase === 'finished' || exchange.phase === 'failed'
    const { more, isTakenBack } = stillToSay(this.#said, endedSentences(exchange.text, isOver, language()), isOver)
    if (isTakenBack) {
      this.#said = []
      this.#say(t('chat.corrected'))
    }
    for (const sentence of more) {
      this.#say(this.#said.length === 0 && !isTakenBack ? t('chat.answered', { text: sentence }) : sentence)
      this.#said.push(sentence)
    }
    if (isOver || more.length) clearTimeout(this.#timer)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #begin(exchange: Exchange | undefined): void {
    clearTimeout(this.#timer)
    this.#askId = exchange?.askId ?? ''
    this.#said = []
    this.lines = []
    if (exchange) this.#timer = setTimeout(() => this.#say(t('chat.lookingAnywhere')), PATIENCE_MILLISECONDS)
  }

  #say(text: string): void {
    this.lines.push({ id: ++this.#count, text })
  }
}
