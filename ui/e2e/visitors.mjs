// Every state of the visitors' page on the fake desk, in every look: accessible, large enough to touch, nothing cut off or covered.
// The pictures stay under test-results/visitors.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findingsOf, openPages, overhang } from './pages.mjs'
import { RESULTS } from './programs.mjs'
import { Report } from './report.mjs'

const report = new Report()
const folder = join(RESULTS, 'visitors')
mkdirSync(folder, { recursive: true })
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

/** Looks: what the visitor or the system chose. Each goes over all states in one size of window. */
const LOOKS = [
  ['light', { viewport: { width: 1280, height: 800 } }],
  ['dark', { viewport: { width: 1080, height: 1920 }, colorScheme: 'dark' }],
  ['contrast', { viewport: { width: 1920, height: 1080 }, contrast: 'more' }],
  ['contrast dark', { viewport: { width: 1280, height: 800 }, contrast: 'more', colorScheme: 'dark' }],
  ['Arabic', { viewport: { width: 1080, height: 1920 } }, 'language=ar'],
  ['German, all languages', { viewport: { width: 1280, height: 800 } }, `language=de&${ALL_LANGUAGES}`],
  ['low reach', { viewport: { width: 1920, height: 1080 } }, 'low-reach'],
  ['largest', { viewport: { width: 1280, height: 800 } }, '', 'largest'],
  ['largest portrait', { viewport: { width: 1080, height: 1920 } }, 'language=pl', 'largest'],
  ['largest Arabic dark', { viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' }, 'language=ar', 'largest'],
]

/**
 * Interactive parts that are too small to touch or cannot be reached, in words. The numbers behind sentences stand in
 * running text; each of them has a chip of full size below.
 */
const tooSmall = (page) =>
  page.evaluate(() => {
    const LEAST = 63.5
    const open = document.querySelector('dialog[open]')
    const all = [...(open ?? document.querySelector('#page')).querySelectorAll('button, a[href], input, textarea, select, summary, [role=button], [tabindex="0"]')]
    const shown = all.filter((one) => one.checkVisibility?.() !== false && one.getClientRects().length > 0)
    const problems = []
    for (const one of shown) {
      const { width, height } = one.getBoundingClientRect()
      const name = `${one.id || one.className || one.localName} “${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 24)}”`
      if (one.classList.contains('cite')) {
        const number = one.textContent
        const chips = [...one.closest('article').querySelectorAll('.chip')]
        if (!chips.some((chip) => chip.querySelector('.number')?.textContent === number)) problems.push(`${name} has no chip`)
      } else if (height < LEAST || (width < LEAST && !one.closest('.keyboard'))) problems.push(`${name} is ${Math.round(width)}×${Math.round(height)}`)
      else if (width < 44) problems.push(`${name} is ${Math.round(width)} wide`)
    }
    return problems
  })

/** Words that a box cuts off without saying so, and parts that lie on top of others. */
const cutOff = (page) =>
  page.evaluate(() => {
    const problems = []
    for (const one of document.querySelectorAll('#page :is(button, label, h1, h2, h3, h4, p, dt, dd, legend, li, span)')) {
      const style = getComputedStyle(one)
      if (style.overflow === 'visible' || style.clipPath !== 'none' || one.clientWidth <= 1 || style.overflowY === 'auto') continue
      if (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1) problems.push(`cut off: ${one.textContent.trim().slice(0, 30)}`)
    }
    const dialog = document.querySelector('dialog[open]')
    const fixed = dialog ? [dialog] : [...document.querySelectorAll('footer, .dock, .keyboard, header, .demo')]
    for (const part of fixed) {
      const box = part.getBoundingClientRect()
      if (box.height && (box.bottom > innerHeight + 1 || box.top < -1)) problems.push(`${part.className || part.localName} reaches ${Math.round(box.top)} to ${Math.round(box.bottom)} of ${innerHeight}`)
    }
    const shown = fixed.filter((part) => part.getBoundingClientRect().height > 0).map((part) => [part, part.getBoundingClientRect()])
    for (const [at, [part, box]] of shown.entries()) {
      for (const [other, its] of shown.slice(at + 1)) {
        if (!part.contains(other) && !other.contains(part) && Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top) > 1) problems.push(`${part.className || part.localName} lies on ${other.className || other.localName}`)
      }
    }
    return problems
  })

for (const [look, options, query = '', text] of LOOKS) {
  await report.part(look, async () => {
    for (const [state, reach, own = 'pause=1'] of STATES) {
      const name = `${state}, ${look}`
      const { page, troubles, close } = await pages.open('kiosk.html', [own, query].filter(Boolean).join('&'), { ...options, wait: '.topics .button' })
      try {
        // As a visitor chooses it, but before there is a visit.
        if (text) await page.evaluate((size) => new MutationObserver(() => document.documentElement.dataset.text !== size && (document.documentElement.dataset.text = size)).observe(document.documentElement, { attributeFilter: ['data-text'] }), text)
        if (text) await page.evaluate((size) => (document.documentElement.dataset.text = size), text)
        await reach(page)
        await page.waitForTimeout(250)
        const found = [...(await findingsOf(page)), ...(await tooSmall(page)), ...(await cutOff(page))]
        const wide = await overhang(page)
        if (wide > 0) found.push(`sticks out by ${wide} pixels`)
        if (troubles.length) found.push(...troubles)
        report.check(name, found.length === 0, found.join('; '))
      } catch (error) {
        report.check(name, false, error.message)
      }
      await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, '-')}.png`) })
      await close()
    }
  })
}

await pages.close()
report.end()
