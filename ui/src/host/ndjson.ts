// Reads newline-delimited JSON from a stream whose chunks may end anywhere, even inside a character.

export async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += decoder.decode(value, { stream: !done })
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim()) yield JSON.parse(line)
      if (done) break
    }
    if (rest.trim()) yield JSON.parse(rest)
  } finally {
    reader.releaseLock()
  }
}
