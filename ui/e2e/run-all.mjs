// Every end-to-end script, one after the other, with how long it took; the last line sums up.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

let passed = 0
let failed = 0
for (const script of ['browser.mjs', 'first-run.mjs', 'computer.mjs', 'places.mjs', 'pictures.mjs', 'visitors.mjs', 'staff.mjs', 'smooth.mjs', 'visitor-keys.mjs', 'staff-keys.mjs', 'inert.mjs', 'window.mjs', 'kiosk-window.mjs']) {
  console.log(`\n${script}`)
  const started = Date.now()
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', timeout: 900_000 })
  process.stdout.write(stdout ?? '')
  console.log(`${script} took ${Math.round((Date.now() - started) / 1000)} s`)
  const [, right, wrong] = /(\d+) passed, (\d+) failed\s*$/.exec(stdout ?? '') ?? []
  passed += Number(right ?? 0)
  failed += Number(wrong ?? 0)
  // A script that ended without its sum did not run to its end.
  if (right === undefined || (status !== 0 && wrong === '0')) failed++
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
