// Messages come in lower case and without a stop, to stand inside others; alone they are sentences.

export function asSentence(message: string): string {
  const text = message.trim()
  if (!text) return ''
  const [first = ''] = text
  return first.toLocaleUpperCase() + text.slice(first.length) + (/[.!?…]$/.test(text) ? '' : '.')
}
