// What a visitor may have left in the page, taken away. What the page itself drew goes by being drawn anew.

/** Entries of the page's own storage that belong to the desk and not to the visitor. */
const KEPT = new Set(['frontdesk-key'])

export function forgetVisitor(): void {
  const active = document.activeElement
  if (active instanceof HTMLElement) active.blur()
  getSelection()?.removeAllRanges()
  speechOff()
  emptyStorage(() => sessionStorage)
  emptyStorage(() => localStorage)
  history.replaceState(null, '', location.href)
  document.documentElement.scrollTop = 0
  void emptyClipboard()
}

/** Nothing in this page copies, and copying is prevented; this is for whatever came there on another way. */
async function emptyClipboard(): Promise<void> {
  try {
    await navigator.clipboard.writeText('')
  } catch {
    // Windows may refuse it; then there was no way to put anything there either.
  }
}

function emptyStorage(open: () => Storage): void {
  try {
    const storage = open()
    for (const key of Object.keys(storage)) if (!KEPT.has(key)) storage.removeItem(key)
  } catch {
    // A window without storage has nothing to forget.
  }
}

function speechOff(): void {
  if ('speechSynthesis' in window) window.speechSynthesis.cancel()
}
