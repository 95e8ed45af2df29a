// Every place of the staff window, and the visitors' page, on the fake desk: light, dark and high contrast, three sizes of
// window, large text, right to left. The pictures stay under test-results/places.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, preview } from 'vite'
import { launchChromium } from './chromium.mjs'
import { findingsOf } from './pages.mjs'
import { RESULTS, UI_FOLDER, until } from './programs.mjs'
import { Report } from './report.mjs'

const PLACES = ['home', 'try', 'knowledge', 'orders', 'visitors', 'insights', 'look', 'kiosk', 'privacy', 'network', 'backup', 'computer']
const SIZES = { '1280x800': [1280, 800], '1920x1080': [1920, 1080], '1080x1920': [1080, 1920] }
const THEMES = {
  light: {},
  dark: { colorScheme: 'dark' },
  contrast: { contrast: 'more' },
  'contrast-dark': { contrast: 'more', colorScheme: 'dark' },
}

const report = new Report()
const folder = join(RESULTS, 'places')
mkdirSync(folder, { recursive: true })
await build({ root: UI_FOLDER, mode: 'fake', logLevel: 'error', build: { outDir: 'test-results/fake' } })
const server = await preview({ root: UI_FOLDER, build: { outDir: 'test-results/fake' }, preview: { port: 4176, strictPort: true } })
const browser = await launchChromium()

async function openPage(page, query, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce', ...options })
  const opened = await context.newPage()
  const troubles = []
  opened.on('pageerror', (error) => troubles.push(error.message))
  opened.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && troubles.push(message.text()))
  await opened.goto(`http://localhost:4176/${page}?fake&pause=1&${query}`)
  await until('the page', () => opened.evaluate(() => document.querySelectorAll('#page button').length > 0))
  const close = async (name) => {
    report.check(`no errors on the page: ${name}`, troubles.length === 0, troubles.join('; '))
    await context.close()
  }
  return { page: opened, close }
}

async function goTo(page, place) {
  if (await page.isVisible('#open-places')) await page.click('#open-places')
  await page.click(`#place-${place}`)
  await page.waitForSelector(`#place-${place}[aria-current=page]`, { state: 'attached' })
  await page.waitForSelector(place === 'try' ? '#question' : 'main h1')
  await page.waitForTimeout(250)
}

async function checkAccessible(page, name) {
  const found = await findingsOf(page)
  report.check(`accessible: ${name}`, found.length === 0, found.join('; '))
}

async function checkWidth(page, name) {
  const wide = await page.evaluate(() => {
    const main = document.querySelector('main')
    return Math.max(document.documentElement.scrollWidth - innerWidth, main ? main.scrollWidth - main.clientWidth : 0)
  })
  report.check(`nothing sticks out sideways: ${name}`, wide <= 0, `${wide} pixels`)
}

/** Words that a box cuts off without saying so. */
async function checkClipping(page, name) {
  const clipped = await page.evaluate(() =>
    [...document.querySelectorAll('main :is(button, a, label, h1, h2, h3, th, td, dt, dd, legend, summary)')]
      .filter((one) => getComputedStyle(one).overflow !== 'visible' && getComputedStyle(one).clipPath === 'none')
      .filter((one) => one.clientWidth > 1 && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
      .map((one) => one.textContent.trim().slice(0, 30)),
  )
  report.check(`no words are cut off: ${name}`, clipped.length === 0, clipped.join(', '))
}

for (const [theme, options] of Object.entries(THEMES)) {
  await report.part(`staff, ${theme}`, async () => {
    const { page, close } = await openPage('index.html', '', options)
    for (const place of PLACES) {
      await goTo(page, place)
      await checkAccessible(page, `${place} ${theme}`)
      for (const [size, [width, height]] of Object.entries(SIZES)) {
        await page.setViewportSize({ width, height })
        await checkWidth(page, `${place} ${theme} ${size}`)
        await page.screenshot({ path: join(folder, `${place}-${theme}-${size}.png`) })
      }
      await page.setViewportSize({ width: 1280, height: 800 })
    }
    await close(theme)
  })
  await report.part(`visitors, ${theme}`, async () => {
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      const { page, close } = await openPage('kiosk.html', '', { ...options, viewport: { width, height } })
      await page.waitForTimeout(400)
      await checkAccessible(page, `visitors ${theme} ${size}`)
      await checkWidth(page, `visitors ${theme} ${size}`)
      await page.screenshot({ path: join(folder, `visitors-${theme}-${size}.png`) })
      await close(`visitors ${theme} ${size}`)
    }
  })
}

await report.part('the switch for contrast', async () => {
  const { page, close } = await openPage('index.html', '', {})
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink'))
  const usual = await ground()
  await page.evaluate(() => (document.documentElement.dataset.contrast = 'more'))
  report.check('it changes the colours as the system’s wish does', (await ground()) !== usual)
  await checkAccessible(page, 'try by the switch')
  await close('contrast by the switch')
})

await report.part('large text, narrow windows, right to left', async () => {
  for (const [name, query, options, text] of [
    ['text 200', '', {}, '200%'],
    ['narrow', '', { viewport: { width: 420, height: 800 } }],
    ['Arabic', 'language=ar', {}],
    ['German', 'language=de', {}],
    ['colours of the system', '', { forcedColors: 'active' }],
  ]) {
    const { page, close } = await openPage('index.html', query, options)
    if (text) await page.evaluate((size) => (document.documentElement.style.fontSize = size), text)
    for (const place of PLACES) {
      await goTo(page, place)
      await checkWidth(page, `${place} ${name}`)
      await checkClipping(page, `${place} ${name}`)
      if (name !== 'colours of the system') await checkAccessible(page, `${place} ${name}`)
      await page.screenshot({ path: join(folder, `${place}-${name.replaceAll(' ', '-')}.png`) })
    }
    await close(name)
  }
})

await report.part('keyboard', async () => {
  const { page, close } = await openPage('index.html', '', {})
  for (const place of PLACES) {
    await goTo(page, place)
    const focus = await page.evaluate(() => document.activeElement?.closest('main') !== null)
    report.check(`the focus goes to the page: ${place}`, focus)
    await page.keyboard.press('Tab')
    const reached = await page.evaluate(() => {
      const control = document.activeElement
      const first = document.querySelector('main :is(button, a[href], input, select, textarea, summary, [tabindex="0"])')
      const style = getComputedStyle(control)
      return { isInside: !first || control.closest('main') !== null, isSeen: !first || style.outlineStyle !== 'none' || control.matches('input, textarea') }
    })
    report.check(`Tab reaches its first control, and it is seen: ${place}`, reached.isInside && reached.isSeen, JSON.stringify(reached))
  }
  await page.keyboard.press('Control+K')
  await page.waitForSelector('#goto')
  await checkAccessible(page, 'go to')
  await page.keyboard.type('models')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#tab-models[aria-selected=true]')
  await until('the focus', () => page.evaluate(() => document.activeElement?.id === 'tab-models'), 3_000)
  report.check('Control and K goes to a page by its name', true)
  await page.screenshot({ path: join(folder, 'goto.png') })
  await close('keyboard')
})

await browser.close()
await server.close()
report.end()
