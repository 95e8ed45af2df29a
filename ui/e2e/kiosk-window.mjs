// The visitors' screen in the real window: from the first run to an answer, nobody gets out without the PIN, whoever leaves is
// forgotten, and it comes back after a crash.
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
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

async function withWindow(args, work, data = DATA) {
  const port = await freePort()
  const service = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: ['ignore', 'inherit', 'inherit'], env })
  const driver = new WebDriver(port)
  try {
    await driver.open(programPath('frontdesk'), [...data, ...args])
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

const ENTER = '\uE007'
const count = (driver, css) => driver.run('return document.querySelectorAll(arguments[0]).length', css)
const shows = (driver, css) => until(css, async () => (await count(driver, css)) > 0)
const press = async (driver, css) => {
  await shows(driver, css)
  await driver.click(css)
}
/** Asks as a visitor does and gives what the last answer says. */
async function answerTo(driver, question) {
  const before = await count(driver, 'article[data-phase=finished]')
  await driver.type('#question', question + ENTER)
  await until('the answer', async () => (await count(driver, 'article[data-phase=finished]')) > before)
  return driver.run("return [...document.querySelectorAll('article')].at(-1).innerText")
}
/** The window closes and another opens: from then on the driver talks to that one. */
async function turnToOnly(driver) {
  const handles = await until('one page', async () => {
    const all = await driver.handles()
    return all.length === 1 && all
  })
  await driver.turnTo(handles[0])
}

const greeted = (driver) => until('the desk', async () => (await invoke(driver, 'visit', { command: { do: 'greet' } })).ok)

await report.part('from the first run to a visitor’s answer', async () => {
  const table = join(home.path, 'our-answers.csv')
  writeFileSync(table, 'question,answer\nDo you tune harpsichords?,"Yes, on Thursdays, at your home."\nWho was Quentin Mill?,The founder of our shop.\n')
  await withWindow(
    [],
    async (driver) => {
      await shows(driver, '[data-step=language]')
      await press(driver, '#setup-next')
      await press(driver, '[data-step=kit] label:has(input[value=shop])')
      await driver.type('#setup-name', 'Piano Mill')
      await press(driver, '#setup-next')
      await shows(driver, '[data-step=computer]')
      await press(driver, '#setup-next')
      await shows(driver, '[data-step=pin] input[id$=-pin]')
      const fields = await driver.run("return [...document.querySelectorAll('[data-step=pin] input[autocomplete=one-time-code]')].map((one) => '#' + CSS.escape(one.id))")
      for (const field of fields) await driver.type(field, PIN)
      await driver.type(fields.at(-1), ENTER)
      await press(driver, 'dialog .primary')
      await until('the sheet to go', async () => (await count(driver, 'dialog[open]')) === 0)
      await press(driver, '#setup-next')
      await shows(driver, '[data-step=content] #import-path')
      await driver.type('#import-path', table + ENTER)
      await shows(driver, '.counts .good')
      // With a PIN the last step offers the visitors' screen itself.
      await press(driver, '#setup-start')
      await until('the full screen', async () => (await problemsOnScreen()).length === 0, 10_000)
      await turnToOnly(driver)
      report.check('the first run ends in the visitors’ screen', (await driver.url()).endsWith('/kiosk.html'), await driver.url())
      await press(driver, '#ask-me')
      await shows(driver, '#question')
      const said = await answerTo(driver, 'Do you tune harpsichords?')
      report.check('a visitor gets the shop’s own answer', said.includes('Yes, on Thursdays, at your home.'), said)
      writeFileSync(join(folder, 'after-the-first-run.png'), await driver.picture())
      await invoke(driver, 'visit', { command: { do: 'unlock', pin: PIN } }).catch(() => undefined)
      await until('the staff window', async () => (await problemsOnScreen()).includes('not full screen'))
    },
    ['--data', join(home.path, 'first-desk')],
  )
})

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

/** Files of the desk that hold these letters. */
function holding(words, path = DATA[1], found = []) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const at = join(path, entry.name)
    if (entry.isDirectory()) holding(words, at, found)
    else if (entry.isFile() && readFileSync(at).includes(words)) found.push(at)
  }
  return found
}

await report.part('a visitor who leaves', async () => {
  // An approved answer's own question, written as nobody else writes it. One without an answer would be kept for staff.
  const NAME = 'wHaT aRe YoUr OpEnInG hOuRs In SuMmEr'
  await withWindow([], async (driver) => {
    await greeted(driver)
    const changed = await invoke(driver, 'manage', { command: { do: 'kiosk', what: 'change', idle_s: 20, warning_s: 5 } })
    report.check('staff choose the shortest times', changed.ok?.idle_s === 20 || changed.ok?.of !== undefined, JSON.stringify(changed))
  })
  await withWindow(['--kiosk'], async (driver) => {
    await press(driver, '#ask-me')
    await shows(driver, '#question')
    const said = await answerTo(driver, `${NAME}?`)
    report.check('a visitor gets an approved answer', said.includes('Approved answer'), said)
    await driver.type('#question', `${NAME}, and in winter?`)
    const inPage = () => driver.run("return document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((one) => one.value).join()")
    report.check('control: until then the page and the desk know the words', (await inPage()).includes(NAME) && holding(NAME).length > 0, holding(NAME).join())
    await until('the question whether somebody is there', async () => (await count(driver, '#still-title')) > 0, 40_000)
    const asked = Date.now()
    await until('the screen that waits', async () => (await count(driver, '#ask-me')) > 0, 15_000)
    console.log(`     forgotten ${Date.now() - asked} ms after being asked`)
    report.check('nothing of it is left in the page', !(await inPage()).includes(NAME))
    const stored = await driver.run('return [sessionStorage.length, localStorage.length, history.length].join()')
    report.check('nor in its storage', stored === '0,0,1', stored)
    await until('the desk to forget', () => holding(NAME).length === 0, 15_000).catch(() => undefined)
    report.check('nor in any file of the desk', holding(NAME).length === 0, holding(NAME).join())
    await press(driver, '#ask-me')
    await shows(driver, '#question')
    const next = await answerTo(driver, 'What did the visitor before me ask?')
    report.check('the next visitor is told nothing of it', !next.includes(NAME) && !(await inPage()).includes(NAME), next)
  })
})

/** Files below the home that a page left there. Caches of drawing, letters and settings know no visitor; the desk's own folder is not a page's. */
function kept(path, found = []) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const at = join(path, entry.name)
    if (at === DATA[1] || at === join(home.path, 'first-desk') || /^(mesa_shader_cache.*|dconf|fontconfig|gstreamer.*|\.pki)$/.test(entry.name)) continue
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
