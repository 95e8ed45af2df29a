// What a browser would do by itself and the visitors' screen must not. The window prevents it too; this is the page's part.

/** The longest text that may be pasted at once. */
export const PASTE_CHARACTERS = 1_000
const FIELDS = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea'
// Editing inside a field is a visitor's right: select all, undo, redo, paste.
const FIELD_SHORTCUTS = new Set(['a', 'z', 'y', 'v'])

export type Notices = { onlongpaste: () => void }

export function isField(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  return target instanceof Element && target.matches(FIELDS)
}

/** Starts preventing; returns how to stop. */
export function guardPage({ onlongpaste }: Notices): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const prevent = (event: Event) => event.preventDefault()
  const listen = <Name extends keyof DocumentEventMap>(name: Name, act: (event: DocumentEventMap[Name]) => void) =>
    document.addEventListener(name, act as EventListener, { capture: true, passive: false, signal })

  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'copy', 'cut'] as const) listen(name, prevent)
  // Safari's own gestures.
  for (const name of ['gesturestart', 'gesturechange']) document.addEventListener(name, prevent, { capture: true, passive: false, signal })
  listen('selectstart', (event) => {
    const target = event.target instanceof Element ? event.target : (event.target as Node | null)?.parentElement
    if (!isField(target ?? null)) event.preventDefault()
  })
  listen('wheel', (event) => event.ctrlKey && event.preventDefault())
  listen('touchmove', (event) => event.touches.length > 1 && event.preventDefault())
  // The middle button scrolls, pastes or opens; the buttons at the side go back and forth.
  for (const name of ['mousedown', 'mouseup', 'auxclick'] as const) listen(name, (event) => event.button !== 0 && event.preventDefault())
  listen('click', (event) => {
    if (event.target instanceof Element && event.target.closest('a[href]')) event.preventDefault()
  })
  listen('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text.length <= PASTE_CHARACTERS) return
    event.preventDefault()
    onlongpaste()
  })
  listen('keydown', preventShortcut)
  return () => stop.abort()
}

function preventShortcut(event: KeyboardEvent): void {
  const { key } = event
  if (/^F\d{1,2}$/.test(key) || key.startsWith('Browser') || key.startsWith('Launch') || key === 'ContextMenu') return event.preventDefault()
  const isAltGraph = event.getModifierState?.('AltGraph') ?? false
  if (isAltGraph || !(event.ctrlKey || event.metaKey || event.altKey)) return
  const isEditing = isField(event.target) && (event.ctrlKey || event.metaKey) && !event.altKey && FIELD_SHORTCUTS.has(key.toLowerCase())
  if (!isEditing) event.preventDefault()
}
