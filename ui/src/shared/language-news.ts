// Tells the other window at once that staff chose another language.

const CHANNEL = 'frontdesk-language'

export function announceLanguage(language: string): void {
  if (typeof BroadcastChannel !== 'function') return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(language)
  channel.close()
}

/** Calls back with every announced language; returns how to stop listening. */
export function hearLanguage(heard: (language: string) => void): () => void {
  if (typeof BroadcastChannel !== 'function') return () => {}
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = (event: MessageEvent) => heard(String(event.data))
  return () => channel.close()
}
