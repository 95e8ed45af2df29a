// What this page really asked of other addresses. Its policy lets it reach this program only; this counts what happened.

/** Addresses under which the window reaches its own program. */
const OWN_HOSTS = new Set(['ipc.localhost', 'tauri.localhost'])

type Entry = { name: string; transferSize?: number; encodedBodySize?: number }

/** Bytes exchanged with any address but this program's own. A request counts as one byte at least. */
export function bytesOutside(entries: readonly Entry[], page: URL): number {
  let bytes = 0
  for (const { name, transferSize = 0, encodedBodySize = 0 } of entries) {
    if (URL.canParse(name) && isOutside(new URL(name), page)) bytes += Math.max(1, transferSize, encodedBodySize)
  }
  return bytes
}

function isOutside(address: URL, page: URL): boolean {
  if (address.origin === page.origin && address.protocol === page.protocol) return false
  return !OWN_HOSTS.has(address.hostname) && !['ipc:', 'tauri:', 'data:', 'blob:'].includes(address.protocol)
}

export function countBytes(): number {
  return bytesOutside(performance.getEntriesByType('resource') as PerformanceResourceTiming[], new URL(location.href))
}
