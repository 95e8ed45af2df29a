// Finds and starts the programs under test, each with a data folder of its own.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const UI_FOLDER = fileURLToPath(new URL('..', import.meta.url))
/** The models of this checkout, unless another folder is named. */
export const MODELS = process.env.FRONTDESK_MODELS ?? resolve(UI_FOLDER, '../models')
export const RESULTS = join(UI_FOLDER, 'test-results')

export function programPath(name) {
  const folder = process.env.FRONTDESK_BIN_DIR ?? resolve(UI_FOLDER, '../target/debug')
  const path = join(folder, name)
  if (!existsSync(path)) throw new Error(`${path} is missing: build it first, or set FRONTDESK_BIN_DIR`)
  return path
}

export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'frontdesk-e2e-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

export async function stop(child, signal = 'SIGTERM') {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(late)
}

/** Waits until `look` gives something truthy; its last error is told when time is up. */
export async function until(what, look, milliseconds = 30_000) {
  const end = Date.now() + milliseconds
  let last = 'nothing yet'
  for (;;) {
    try {
      const found = await look()
      if (found) return found
    } catch (error) {
      last = error.message
    }
    if (Date.now() > end) throw new Error(`gave up waiting for ${what}: ${last}`)
    await new Promise((next) => setTimeout(next, 40))
  }
}

/** Starts the node on the scripted engine and gives the addresses it prints. */
export async function startNode() {
  const folder = temporaryFolder()
  const keyFile = join(folder.path, 'key')
  const data = join(folder.path, 'data')
  const list = ['--data', data, '--engine', 'scripted', 'serve', '--listen', '127.0.0.1:0', '--key-file', keyFile]
  const child = spawn(programPath('frontdesk-node'), list, { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let complaints = ''
  child.stdout.on('data', (piece) => (printed += piece))
  child.stderr.on('data', (piece) => (complaints += piece))
  try {
    const line = await until('the address of the node', () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${complaints.slice(-800)}`)
      return printed.split('\n').find((one) => one.includes('"staff_url"'))
    })
    const close = async () => {
      await stop(child)
      folder.remove()
    }
    return { ...JSON.parse(line), close }
  } catch (error) {
    await stop(child)
    folder.remove()
    throw error
  }
}
