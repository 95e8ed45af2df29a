// The main screens on the fake desk, compared with how they looked when somebody last approved of them.
//
// `node e2e/pictures.mjs` compares; `node e2e/pictures.mjs --accept` keeps what it sees as the new look. The approved
// pictures lie in e2e/pictures; what was seen, and where it differs, under test-results/pictures.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, preview } from 'vite'
import { launchChromium } from './chromium.mjs'
import { compare } from './pixels.mjs'
import { RESULTS, UI_FOLDER, until } from './programs.mjs'
import { Report } from './report.mjs'

const APPROVED = join(UI_FOLDER, 'e2e/pictures')
const SEEN = join(RESULTS, 'pictures')
const PORT = 4178
/** Share of the dots that may differ: less than a word, more than the edges of letters. */
const TOLERATED = 0.0008
const NOW = new Date('2026-11-23T09:30:00Z')

const go = (place, tab) => async (page) => {
  await page.click(`#place-${place}`)
  await page.waitForSelector(`#place-${place}[aria-current=page]`)
  await page.waitForSelector('main h1')
  if (tab) await page.click(`#tab-${tab}`)
}
const ask = (question) => async (page) => {
  await page.fill('#question', question)
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-phase=finished]')
}
const openWhy = async (page) => {
  await ask('Can I bring back shoes?')(page)
  await page.click('.why')
  await page.waitForSelector('[data-fate]')
}
const openTicket = async (page) => {
  await go('visitors')(page)
  await page.click('.rows li:nth-child(2) button')
  await page.waitForSelector('#ticket-title')
}
const chooseKit = async (page) => {
  await page.click('#setup-next')
  await page.waitForSelector('[data-step=kit]')
  await page.click('input[value=museum]')
}
const visit = async (page) => {
  await page.keyboard.press('a')
  await page.waitForSelector('#question')
  await ask('Can I bring back shoes?')(page)
}

const SCREENS = {
  'home': { act: go('home'), shows: '#good-title' },
  'home-dark': { act: go('home'), shows: '#good-title', colorScheme: 'dark' },
  'why': { act: openWhy },
  'answers': { act: go('knowledge'), shows: '[data-faq]' },
  'documents-arabic': { act: go('knowledge', 'documents'), shows: '#sources-title', query: 'language=ar' },
  'visitors': { act: openTicket },
  'insights': { act: go('insights'), shows: '#hours-title' },
  'look': { act: go('look'), shows: '#look-colour' },
  'privacy-contrast': { act: go('privacy'), shows: '#kept-title', contrast: 'more' },
  'models': { act: go('computer', 'models'), shows: '[data-model]' },
  'setup': { act: chooseKit, query: 'new' },
  'kiosk': { act: visit, page: 'kiosk.html' },
}

const accepts = process.argv.includes('--accept')
const report = new Report()
mkdirSync(APPROVED, { recursive: true })
rmSync(SEEN, { recursive: true, force: true })
mkdirSync(SEEN, { recursive: true })
await build({ root: UI_FOLDER, mode: 'fake', logLevel: 'error', build: { outDir: 'test-results/fake' } })
const server = await preview({ root: UI_FOLDER, build: { outDir: 'test-results/fake' }, preview: { port: PORT, strictPort: true } })
// Letters are drawn alike on every computer only without the hints of its own settings.
const browser = await launchChromium(['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', '--hide-scrollbars'])

async function see({ page: file = 'index.html', query = '', act, shows, colorScheme, contrast }) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
    colorScheme: colorScheme ?? 'light',
    contrast: contrast ?? 'no-preference',
  })
  const page = await context.newPage()
  await page.clock.setFixedTime(NOW)
  await page.goto(`http://localhost:${PORT}/${file}?fake&pause=1&${query}`)
  await until('the page', () => page.evaluate(() => document.querySelectorAll('#page button').length > 0))
  await act(page)
  if (shows) await page.waitForSelector(shows)
  await page.evaluate(async () => {
    document.activeElement?.blur()
    await document.fonts.ready
  })
  await page.mouse.move(0, 799)
  await page.waitForTimeout(400)
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await context.close()
  return picture
}

for (const [name, screen] of Object.entries(SCREENS)) {
  await report.part(`picture: ${name}`, async () => {
    const seen = await see(screen)
    const approved = join(APPROVED, `${name}.png`)
    writeFileSync(join(SEEN, `${name}.png`), seen)
    if (accepts) writeFileSync(approved, seen)
    if (!existsSync(approved)) return report.check(`there is an approved picture: ${name}`, false, 'look at it, then run with --accept')
    const { share, difference } = await compare(browser, readFileSync(approved), seen)
    if (share > TOLERATED) writeFileSync(join(SEEN, `${name}.difference.png`), difference)
    report.check(`looks as approved: ${name}`, share <= TOLERATED, `${(share * 100).toFixed(3)} % differ; see ${join(SEEN, `${name}.difference.png`)}`)
  })
}

await browser.close()
await server.close()
report.end()
