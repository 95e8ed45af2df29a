// Cuts a passage into parts, some of them highlighted. Positions count characters, not UTF-16 units.

export type Part = { text: string; marked: boolean }

export function splitHighlights(text: string, highlights: [number, number][]): Part[] {
  const characters = [...text]
  const parts: Part[] = []
  const take = (start: number, end: number, marked: boolean) => {
    if (end > start) parts.push({ text: characters.slice(start, end).join(''), marked })
  }
  let at = 0
  for (const [start, end] of [...highlights].sort((a, b) => a[0] - b[0])) {
    const from = Math.min(Math.max(start, at), characters.length)
    const to = Math.min(end, characters.length)
    if (to <= from) continue
    take(at, from, false)
    take(from, to, true)
    at = to
  }
  take(at, characters.length, false)
  return parts
}
