// Writes into a field as a keyboard does: at the cursor, over a selection, never more than fits.

export type Field = HTMLInputElement | HTMLTextAreaElement

export function typeInto(field: Field, text: string): void {
  const { start, end } = selectionOf(field)
  const room = field.maxLength < 0 ? Infinity : field.maxLength - field.value.length + (end - start)
  if (text.length > room) return
  replace(field, start, end, text, 'insertText')
}

/** Takes away the selection, or the one character before the cursor, whatever it is made of. */
export function deleteBack(field: Field): void {
  const { start, end } = selectionOf(field)
  if (start !== end) return replace(field, start, end, '', 'deleteContentBackward')
  if (start === 0) return
  const last = [...graphemes.segment(field.value.slice(0, start))].at(-1)?.segment ?? ''
  replace(field, start - last.length, start, '', 'deleteContentBackward')
}

/** Enter, as a key press would do it: the field's own answer first, then the next field or the form. */
export function enter(field: Field): void {
  const press = new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true })
  if (!field.dispatchEvent(press) || field instanceof HTMLTextAreaElement) return
  const next = field.getAttribute('enterkeyhint') === 'next' ? nextField(field) : null
  if (next) next.focus()
  else field.form?.requestSubmit()
}

function nextField(field: Field): HTMLElement | null {
  const fields = [...(field.form?.elements ?? [])].filter((one): one is Field => one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement)
  return fields[fields.indexOf(field) + 1] ?? null
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function selectionOf(field: Field): { start: number; end: number } {
  const start = field.selectionStart ?? field.value.length
  return { start, end: field.selectionEnd ?? start }
}

function replace(field: Field, start: number, end: number, text: string, inputType: string): void {
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType, data: text || null }))
  // The cursor may have left what is visible of a long line.
  field.scrollLeft = field.scrollWidth
}
