// Every state of the visitors' page on the fake desk, in every look: accessible, large enough to touch, nothing cut off or covered.
// The pictures stay under test-results/visitors.
import { openPages } from './pages.mjs'
import { Report } from './report.mjs'
import { lookAtStates } from './states.mjs'

const report = new Report()
const pages = await openPages(4178)

const wake = async (page) => {
  await page.keyboard.press('a')
  await page.waitForSelector('#question')
  await page.evaluate(() => document.activeElement.blur())
}
const ask = (question) => async (page) => {
  await wake(page)
  await page.fill('#question', question)
  await page.press('#question', 'Enter')
  await page.waitForSelector('article[data-phase=finished]')
}
const then = (first, next) => async (page) => {
  await first(page)
  await next(page)
}
const click = (css, wait) => async (page) => {
  await page.click(css)
  await page.waitForSelector(wait)
}
const corner = async (page) => {
  const right = await page.evaluate(() => document.documentElement.dir === 'rtl')
  for (let n = 0; n < 5; n++) await page.mouse.click(right ? page.viewportSize().width - 20 : 20, 20)
  await page.waitForSelector('#pin-title, #way-out-title')
}

/** Each state, how a page gets there, and what the address adds. */
const STATES = [
  ['waiting', async () => {}],
  ['welcome', wake],
  ['keyboard', then(wake, async (page) => { await page.focus('#question'); await page.waitForSelector('.keyboard') })],
  ['looking', then(wake, async (page) => { await page.fill('#question', 'Do you repair zips?'); await page.press('#question', 'Enter'); await page.waitForSelector('#stop') }), 'pause=6000'],
  ['writing', then(wake, async (page) => { await page.fill('#question', 'Do you repair zips?'); await page.press('#question', 'Enter'); await page.waitForSelector('article[data-phase=writing]'); await page.waitForTimeout(1500) }), 'pause=40'],
  ['answer', ask('Can I bring back boots?')],
  ['list', ask('Tell me about the workshop')],
  ['source', then(ask('Can I bring back boots?'), click('.chip', 'mark'))],
  ['refusal', ask('What is the weather on the moon?')],
  ['did you mean', ask('delivery to Ireland')],
  ['a person can help', ask('I want a human')],
  ['engine stopped', ask('crash please')],
  ['order form', ask('Where is my order?')],
  ['number pad', then(ask('Where is my order?'), async (page) => { await page.focus('[name=number]'); await page.waitForSelector('.keyboard.digits') })],
  ['order', then(ask('Where is my order HO-104106?'), async (page) => { await page.fill('[name=proof]', 'test@example.org'); await page.press('[name=proof]', 'Enter'); await page.waitForSelector('dl') })],
  ['take along', then(ask('Tell me about the workshop'), click('.actions .button:last-of-type', 'svg[role=img]'))],
  ['person', then(wake, click('#person', '#call-person'))],
  ['ticket', then(wake, async (page) => { await page.click('#person'); await page.click('#call-person'); await page.waitForSelector('#ticket') })],
  ['languages', then(wake, click('#language', '#language-title'))],
  ['still there', then(wake, (page) => page.waitForSelector('#still-title')), 'pause=1&idle=1&warning=60'],
  ['PIN pad', corner],
  ['recovery code', then(corner, async (page) => { await page.click('#pin-title ~ .quiet'); await page.waitForSelector('.letters') })],
  ['no PIN', corner, 'pause=1&no-pin'],
  ['calm', async (page) => { for (let n = 0; n < 27; n++) await page.keyboard.press('F7'); await page.waitForSelector('.calm') }],
  ['closed', then(corner, async (page) => { await page.keyboard.type('246810'); await page.keyboard.press('Enter'); await page.waitForSelector('#closed-title') })],
  ['tour', async (page) => { await page.click('#tour-next'); await page.waitForSelector('article[data-phase=finished]') }, 'pause=1&demo'],
  ['desk away', then(wake, async () => {}), 'pause=1&failed'],
]
const ALL_LANGUAGES = 'languages=en.de.fr.es.it.nl.sv.pl.pt.tr.ar.he'

/** As a visitor chooses it, but before there is a visit: the page may not put it back. */
const largest = [
  () => {
    const root = document.documentElement
    const enlarge = () => root.dataset.text !== 'largest' && (root.dataset.text = 'largest')
    new MutationObserver(enlarge).observe(root, { attributeFilter: ['data-text'] })
    enlarge()
  },
]

/** Looks: what the visitor or the system chose. Each goes over all states in one size of window. */
const LOOKS = [
  ['light', { viewport: { width: 1280, height: 800 } }],
  ['dark', { viewport: { width: 1080, height: 1920 }, colorScheme: 'dark' }],
  ['contrast', { viewport: { width: 1920, height: 1080 }, contrast: 'more' }],
  ['contrast dark', { viewport: { width: 1280, height: 800 }, contrast: 'more', colorScheme: 'dark' }],
  ['Arabic', { viewport: { width: 1080, height: 1920 } }, 'language=ar'],
  ['German, all languages', { viewport: { width: 1280, height: 800 } }, `language=de&${ALL_LANGUAGES}`],
  ['low reach', { viewport: { width: 1920, height: 1080 } }, 'low-reach'],
  ['largest', { viewport: { width: 1280, height: 800 } }, '', largest],
  ['largest portrait', { viewport: { width: 1080, height: 1920 } }, 'language=pl', largest],
  ['largest Arabic dark', { viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' }, 'language=ar', largest],
]

await lookAtStates(report, pages, {
  entry: 'kiosk.html',
  folder: 'visitors',
  wait: '.topics .button',
  least: 64,
  states: STATES,
  looks: LOOKS,
  wanted: process.argv[2],
})
await pages.close()
report.end()
