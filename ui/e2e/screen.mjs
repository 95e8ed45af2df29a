// A screen nobody sees, with a window manager, because a full-screen window needs one.
import { spawn } from 'node:child_process'
import { stop, until } from './programs.mjs'

export async function openScreen() {
  // Xvfb picks a free number itself and writes it to file descriptor 3.
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  let number = ''
  xvfb.on('error', () => (number = 'missing'))
  xvfb.stdio[3].on('data', (piece) => (number += piece))
  await until('the screen', () => number.includes('\n') || number === 'missing', 15_000)
  if (number === 'missing') throw new Error('Xvfb is not installed')
  const display = `:${number.trim()}`
  const manager = spawn('openbox', [], { stdio: 'ignore', env: { ...process.env, DISPLAY: display } })
  manager.on('error', () => undefined)
  await new Promise((ready) => setTimeout(ready, 800))
  const close = async () => {
    await stop(manager)
    await stop(xvfb)
  }
  return { display, close }
}
