// Reads answers aloud with the computer's own voices, where there is one for the language.

/** Some voices stop in long texts; they get a sentence or two at a time. */
const MOST_CHARACTERS = 220

export class Speaker {
  /** What is being read, by its name; empty in silence. */
  reading = $state('')
  #voices = $state.raw<SpeechSynthesisVoice[]>([])
  #speech = typeof speechSynthesis === 'undefined' ? null : speechSynthesis

  /** Looks for voices now and whenever the computer finds more. Returns how to stop. */
  start(): () => void {
    const speech = this.#speech
    if (!speech) return () => {}
    const look = () => (this.#voices = [...speech.getVoices()])
    look()
    speech.addEventListener?.('voiceschanged', look)
    return () => {
      speech.removeEventListener?.('voiceschanged', look)
      this.stop()
    }
  }

  /** A voice of this computer for a language; voices that live on a server do not count. */
  voiceFor(language: string): SpeechSynthesisVoice | undefined {
    const speaks = (voice: SpeechSynthesisVoice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language
    return this.#voices.find((voice) => voice.localService && speaks(voice))
  }

  /** Begins to read, or stops if this is being read. */
  toggle(name: string, text: string, language: string): void {
    const isThis = this.reading === name
    this.stop()
    const voice = this.voiceFor(language)
    if (isThis || !voice || !this.#speech) return
    this.reading = name
    const parts = inParts(text)
    parts.forEach((part, index) => {
      const words = new SpeechSynthesisUtterance(part)
      words.voice = voice
      words.lang = voice.lang
      const over = () => void (this.reading === name && (this.reading = ''))
      if (index === parts.length - 1) words.onend = over
      words.onerror = over
      this.#speech?.speak(words)
    })
  }

  stop(): void {
    this.reading = ''
    this.#speech?.cancel()
  }
}

/** Sentences of a text, joined to pieces of a bearable length. */
export function inParts(text: string): string[] {
  const sentences = text.replace(/\[[\d,\s]+\]|[¹²³⁴⁵⁶⁷⁸⁹]/g, '').match(/[^.!?؟…\n]+[.!?؟…]*\s*/g) ?? []
  const parts: string[] = []
  for (const sentence of sentences) {
    const last = parts.at(-1)
    if (last !== undefined && last.length + sentence.length <= MOST_CHARACTERS) parts[parts.length - 1] = last + sentence
    else parts.push(sentence)
  }
  return parts.map((part) => part.trim()).filter(Boolean)
}
