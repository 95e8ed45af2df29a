// From a message and its values to the text that is shown.

/** One text, or one for each plural form of the language. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>

/** Letters of scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

export function choose(message: Message, count: string | number | undefined, locale: string): string {
  if (typeof message === 'string') return message
  const form = new Intl.PluralRules(locale).select(Number(count))
  return message[form] ?? message.other ?? ''
}

/** Fills the values in. One that runs the other way than its sentence keeps its direction to itself. */
export function fill(text: string, values: Record<string, string | number>, locale: string, direction: 'ltr' | 'rtl'): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    const shown = typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value
    return direction === 'rtl' || RIGHT_TO_LEFT.test(shown) ? isolated(shown) : shown
  })
}

/** Words that keep their own direction inside others, where no element can do that: in a sentence, in a drawing. */
export function isolated(words: string): string {
  return `\u2068${words}\u2069`
}
