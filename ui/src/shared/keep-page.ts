// A file that somebody drops beside a field would take the page's place: a browser opens it. Here it is only refused.

/** Starts refusing; returns how to stop. Words that are dragged into a field are none of this. */
export function keepPage(): () => void {
  const stop = new AbortController()
  const refuse = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'none'
  }
  for (const name of ['dragenter', 'dragover', 'drop'] as const) document.addEventListener(name, refuse, { capture: true, signal: stop.signal })
  return () => stop.abort()
}
