// What a program under test is given: a free port for its driver, and a home of its own.
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { MODELS } from './programs.mjs'

export const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })

/** A home of its own, so that neither settings nor data of this computer play a part. */
export function homeIn(path, display) {
  const env = { ...process.env, DISPLAY: display, HOME: path, LANG: 'C.UTF-8', NO_AT_BRIDGE: '1', TAURI_WEBVIEW_AUTOMATION: 'true' }
  for (const name of ['CONFIG', 'DATA', 'CACHE', 'STATE']) {
    env[`XDG_${name}_HOME`] = join(path, name.toLowerCase())
    mkdirSync(env[`XDG_${name}_HOME`], { recursive: true })
  }
  env.FRONTDESK_MODELS = MODELS
  delete env.DBUS_SESSION_BUS_ADDRESS
  delete env.WAYLAND_DISPLAY
  return env
}
