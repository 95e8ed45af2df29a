// Picks the host: the window's own, the fake one on a developer's request, HTTP everywhere else.
import { httpHost, takeKey } from './http'
import type { Host, Surface } from './types'

export async function chooseHost(surface: Surface): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./tauri')).tauriHost(surface)
  if (import.meta.env.DEV || import.meta.env.MODE === 'fake') {
    const query = new URLSearchParams(location.search)
    if (query.has('fake')) return (await import('./fake')).fakeHostFrom(query, surface)
  }
  return httpHost(surface, takeKey(location, history, sessionStorage))
}
