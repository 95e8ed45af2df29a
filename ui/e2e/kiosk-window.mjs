// The visitors' screen in the real window: nobody gets out without the PIN, and it comes back after a crash.
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { KEYS, LATER, POINTER, ROUTES, SCRIPTS, STORM } from './escapes.mjs'
import { freePort, homeIn } from './home.mjs'
import { descendants, isRunning } from './processes.mjs'
import { programPath, RESULTS, stop, temporaryFolder, until } from './programs.mjs'
import { Report } from './report.mjs'
import { openScreen } from './screen.mjs'
import { WebDriver } from './webdriver.mjs'

const PIN = '704219'
/** What everybody is promised after a crash. */
const BACK_WITHIN = 5_000
const run = promisify(execFile)
const report = new Report()
const began = Date.now()
const folder = join(RESULTS, 'kiosk-window')
mkdirSync(folder, { recursive: true })
const screen = await openScreen()
const home = temporaryFolder()
const env = homeIn(home.path, screen.display)
// No models: approved answers are found by their words at once, and nothing else is needed here.
env.FRONTDESK_MODELS = join(home.path, 'no-models')
mkdirSync(env.FRONTDESK_MODELS)
const DATA = ['--data', join(home.path, 'desk')]

const settle = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds))
const xdotool = (...words) => run('xdotool', words, { env, timeout: 30_000 })
const xprop = async (...words) => (await run('xprop', words, { env, timeout: 10_000 }).catch(() => ({ stdout: '' }))).stdout
const idsIn = (text) => text.match(/0x[0-9a-f]+/g)?.filter((id) => id !== '0x0') ?? []

/** What is wrong with the screen as the window manager sees it; empty while it is as it must be. */
async function problemsOnScreen() {
  const problems = []
  const windows = idsIn(await xprop('-root', '_NET_CLIENT_LIST'))
  if (windows.length !== 1) return [`${windows.length} windows`]
  const active = idsIn(await xprop('-root', '_NET_ACTIVE_WINDOW'))
  if (active[0] !== windows[0]) problems.push('another window has the keyboard')
  if (!(await xprop('-id', windows[0], '_NET_WM_STATE')).includes('FULLSCREEN')) problems.push('not full screen')
  const { stdout } = await run('xwininfo', ['-id', windows[0]], { env })
  const number = (name) => Number(new RegExp(`${name}:\\s*(-?\\d+)`).exec(stdout)?.[1])
  const place = [number('Absolute upper-left X'), number('Absolute upper-left Y'), number('Width'), number('Height')]
  if (place.join() !== '0,0,1280,800') problems.push(`it lies at ${place}`)
  if (!stdout.includes('IsViewable')) problems.push('it is not shown')
  return problems
}

const invoke = (driver, command, args) =>
  driver.runAsync(
    "const done = arguments[2]; const i = window.__TAURI_INTERNALS__; const args = { ...arguments[1], onEvent: '__CHANNEL__:' + i.transformCallback(() => {}) }; i.invoke(arguments[0], args).then((v) => done({ ok: v }), (e) => done({ denied: e }))",
    command,
    args,
  )

const LOOK = 'return { url: location.href, size: [innerWidth, innerHeight].join(), scale: visualViewport.scale, ratio: devicePixelRatio }'

async function problemsInPage(driver, before) {
  const problems = []
  const now = await driver.run(LOOK)
  for (const name of Object.keys(before)) if (now[name] !== before[name]) problems.push(`${name} is ${now[name]}`)
  const asked = await invoke(driver, 'visit', { command: { do: 'ask', ask_id: `a${Date.now()}`, conversation: null, question: 'Do you sell gift cards?', language: 'en' } })
  if (!asked.ok?.answer) problems.push(`no answer: ${JSON.stringify(asked)}`)
  return problems
}

/** Waits until everything is as it was; what is still wrong after two seconds is an escape. */
async function intact(name, driver, before, program) {
  let problems = ['not looked at']
  await until(name, async () => {
    problems = [...(await problemsOnScreen()), ...(await problemsInPage(driver, before))]
    if (descendants(program.root, 'frontdesk').join() !== program.pids) problems.push('the program is another one')
    return problems.length === 0
  }, 2_000).catch(() => undefined)
  report.check(name, problems.length === 0, problems.join('; '))
  if (problems.length) writeFileSync(join(folder, `${name.replace(/\W+/g, '-')}.png`), await driver.picture())
}

async function withWindow(args, work) {
  const port = await freePort()
  const service = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: ['ignore', 'inherit', 'inherit'], env })
  const driver = new WebDriver(port)
  try {
    await driver.open(programPath('frontdesk'), [...DATA, ...args])
    await work(driver, service.pid)
  } finally {
    const programs = descendants(service.pid, 'frontdesk')
    await driver.close()
    await stop(service)
    for (const pid of programs) if (isRunning(pid)) process.kill(pid, 'SIGTERM')
    await until('the window to close', () => programs.every((pid) => !isRunning(pid)), 10_000).catch(() => {
      report.check('the window closes', false, 'it had to be killed')
      for (const pid of programs.filter(isRunning)) process.kill(pid, 'SIGKILL')
    })
  }
}

const greeted = (driver) => until('the desk', async () => (await invoke(driver, 'visit', { command: { do: 'greet' } })).ok)

await report.part('staff set the PIN', () =>
  withWindow([], async (driver) => {
    await greeted(driver)
    const without = await invoke(driver, 'manage', { command: { do: 'kiosk', what: 'start' } })
    report.check('without a PIN the screen does not start', /PIN/.test(without.denied?.message), JSON.stringify(without))
    const saved = await invoke(driver, 'manage', { command: { do: 'access', what: 'set_pin', pin: PIN } })
    report.check('staff set a PIN', saved.ok?.of === 'saved', JSON.stringify(saved))
    const written = await invoke(driver, 'manage', { command: { do: 'kiosk', what: 'write_lock_files', folder: home.path } })
    const scripts = (written.ok?.files ?? []).filter((file) => file.endsWith('.sh'))
    for (const file of scripts) await run('sh', ['-n', join(written.ok.folder, file)])
    report.check('the system’s files are written, and a shell can read them', scripts.length === 2, JSON.stringify(written))
    // The same look must be able to fail: the staff window is no locked one.
    report.check('control: the staff window is not over the whole screen', (await problemsOnScreen()).length > 0)
    await xdotool('key', 'alt+F4')
    const closed = await until('the staff window to go', async () => (await problemsOnScreen()).includes('0 windows'), 5_000).catch(() => false)
    report.check('control: Alt+F4 closes the staff window', closed)
  }),
)

await report.part('escapes', () =>
  withWindow(['--kiosk'], async (driver, root) => {
    await greeted(driver)
    await until('the full screen', async () => (await problemsOnScreen()).length === 0)
    const before = await driver.run(LOOK)
    report.check('the screen shows the visitors’ page', before.url.endsWith('/kiosk.html'), before.url)
    const program = { root, pids: descendants(root, 'frontdesk').join() }
    const check = (name) => intact(name, driver, before, program)
    const managed = await invoke(driver, 'manage', { command: { do: 'health' } })
    report.check('the screen may not manage', managed.denied !== undefined, JSON.stringify(managed))

    report.check('25 ways out are known by name', ROUTES.length === 25, ROUTES.length)
    for (const [at, { name, before: layOut, keys, pointer, script, after }] of ROUTES.entries()) {
      if (layOut) await driver.run(layOut)
      if (keys) await xdotool('key', '--delay', '15', ...keys)
      if (pointer) await xdotool(...pointer.split(' '))
      const kept = script ? await driver.run(script).catch((error) => error.message) : true
      if (kept !== true) report.check(`a script: ${name}`, false, kept)
      if (after) await driver.run(after)
      await check(`way out ${at + 1}: ${name}`)
    }
    for (const [name, keys] of KEYS) {
      await xdotool('key', '--delay', '15', ...keys)
      await check(`keys for ${name}`)
    }
    for (const [name, words] of POINTER) {
      await xdotool(...words.split(' '))
      await check(name)
    }
    for (const [name, script] of SCRIPTS) {
      const kept = await driver.run(script).catch((error) => error.message)
      if (kept !== true) report.check(`a script: ${name}`, false, kept)
    }
    for (const [name, script] of LATER) {
      const kept = await driver.runAsync(`const done = arguments[0]; ${script}; setTimeout(() => done(true), 1500)`)
      if (kept !== true) report.check(`a script: ${name}`, false, kept)
    }
    await check(`${SCRIPTS.length + LATER.length} tries of a script`)
    // Through a real click, which a picker would want.
    await driver.run("const i = Object.assign(document.createElement('input'), { type: 'file', id: 'escape' }); i.setAttribute('data-e2e', ''); document.body.prepend(i)")
    await driver.click('#escape').catch(() => undefined)
    await settle(300)
    await check('a field for files')
    await driver.run("document.querySelector('#escape').remove()")

    let keys = 0
    for (const group of STORM) {
      await xdotool('key', '--delay', '2', ...group.keys)
      keys += group.keys.length
      await check(`a storm of ${group.keys.length} keys, ${group.name}`)
    }
    report.check('the storm has 420 keys', keys === 420, keys)
    writeFileSync(join(folder, 'after-the-storm.png'), await driver.picture())

    const wrong = await invoke(driver, 'visit', { command: { do: 'unlock', pin: '000001' } })
    report.check('a wrong PIN opens nothing', wrong.ok?.unlocked === false, JSON.stringify(wrong))
    await check('after a wrong PIN')
    const right = await invoke(driver, 'visit', { command: { do: 'unlock', pin: PIN } }).catch(() => ({ ok: { unlocked: 'the page had gone' } }))
    report.check('the right PIN is taken', Boolean(right.ok?.unlocked), JSON.stringify(right))
    const [handle] = await until('the staff window', async () => {
      const handles = await driver.handles()
      return handles.length === 1 && (await driver.turnTo(handles[0]), /index\.html|localhost\/?$/.test(await driver.url())) && handles
    })
    await driver.turnTo(handle)
    const health = await invoke(driver, 'manage', { command: { do: 'health' } })
    report.check('the staff window is back and may manage', health.ok !== undefined, JSON.stringify(health))
    report.check('the staff window is no locked one', (await problemsOnScreen()).includes('not full screen'), (await problemsOnScreen()).join())

    // From their window staff go back to the screen, and from there nobody but they come out.
    const started = await invoke(driver, 'manage', { command: { do: 'kiosk', what: 'start' } }).catch(() => ({ ok: true }))
    report.check('staff start the screen with one command', started.ok !== undefined, JSON.stringify(started))
    await until('the screen', async () => (await problemsOnScreen()).length === 0, 10_000)
    await driver.turnTo((await until('one page', async () => (await driver.handles()).length === 1 && driver.handles()))[0])
    report.check('it is the visitors’ page again', (await driver.url()).endsWith('/kiosk.html'), await driver.url())
    await greeted(driver)
    await invoke(driver, 'visit', { command: { do: 'unlock', pin: PIN } }).catch(() => undefined)
    await until('the staff window', async () => (await problemsOnScreen()).includes('not full screen'))
  }),
)

/** Files below the home that a page left there. Caches of drawing, letters and settings know no visitor; the desk's own folder is not a page's. */
function kept(path, found = []) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const at = join(path, entry.name)
    if (at === DATA[1] || /^(mesa_shader_cache.*|dconf|fontconfig|gstreamer.*|\.pki)$/.test(entry.name)) continue
    if (entry.isDirectory()) kept(at, found)
    // Random numbers and an empty list, written before any page is there.
    else if (!/visitors-\d+\/(.*\/salt|hsts-storage\.sqlite(-\w+)?)$/.test(at)) found.push(at)
  }
  return found
}

await report.part('a crash', async () => {
  // Without a driver, as visitors have it: only so a page keeps nothing at all.
  const alone = { ...env, FRONTDESK_LOG: 'info', TMPDIR: home.path }
  delete alone.TAURI_WEBVIEW_AUTOMATION
  const before = kept(home.path)
  const guard = spawn(programPath('frontdesk'), [...DATA, '--kiosk'], { stdio: ['ignore', 'ignore', 'pipe'], env: alone })
  let said = ''
  guard.stderr.on('data', (piece) => (said += piece))
  const pages = () => said.split('page shown').length - 1
  const shown = (count) => until(`page ${count}`, async () => pages() >= count && (await problemsOnScreen()).length === 0, 20_000)
  try {
    const start = Date.now()
    await shown(1)
    console.log(`     on the screen ${Date.now() - start} ms after the start`)
    const crash = async (name, victims) => {
      const count = pages() + 1
      const [pid] = await until(`${name} to kill`, () => victims().length && victims())
      const at = Date.now()
      process.kill(pid, 'SIGKILL')
      await shown(count)
      const took = Date.now() - at
      console.log(`     ${name} was back ${took} ms after kill -9`)
      report.check(`${name} is back in five seconds`, took <= BACK_WITHIN, took)
    }
    await crash('the page', () => descendants(guard.pid, 'WebKitWebProcess'))
    await crash('the window', () => descendants(guard.pid, 'frontdesk'))
    await crash('the window, a second time,', () => descendants(guard.pid, 'frontdesk'))
    const traces = kept(home.path).filter((file) => !before.includes(file))
    report.check('pages kept nothing on the disk', traces.length === 0, traces.join(' '))
    const windows = descendants(guard.pid, 'frontdesk')
    guard.kill('SIGTERM')
    await until('all of it to end', () => !isRunning(guard.pid) && windows.every((pid) => !isRunning(pid)), 8_000)
    report.check('ending the guard ends the window', true)
  } finally {
    for (const pid of descendants(guard.pid, 'frontdesk')) process.kill(pid, 'SIGTERM')
    await stop(guard)
  }
  if (report.failed) console.log(said.slice(-2000))
})

await screen.close()
// The processes of a page end a moment after their window, and write until then.
await until('the home to be empty', () => (home.remove(), true), 10_000)
console.log(`     the whole took ${((Date.now() - began) / 1000).toFixed(0)} s`)
report.end()
