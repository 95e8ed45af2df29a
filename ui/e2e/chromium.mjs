// Starts the system's Chromium without a sandbox, a GPU or a wish to talk to anybody.
import { chromium } from 'playwright-core'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launchChromium(more = []) {
  const executablePath = process.env.FRONTDESK_CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] })
}
