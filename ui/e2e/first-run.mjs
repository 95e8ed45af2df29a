// The first run in Chromium against the scripted engine: from start to a visitors' page that answers somebody's own ten rows, in at most 12 clicks.
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from './chromium.mjs'
import { RESULTS, startNode, temporaryFolder, until } from './programs.mjs'
import { Report } from './report.mjs'
import { settled } from './settled.mjs'

const MOST_CLICKS = 12
const PIN = '704219'
const ROWS = [
  ['Do you tune pianos at home?', 'Yes, we come to your home on Tuesdays for 90 euros.'],
  ['How long does tuning take?', 'Tuning takes about two hours.'],
  ['Do you rent out pianos?', 'We rent out upright pianos from 40 euros a month.'],
  ['Can I sell you my old piano?', 'We look at old pianos free of charge and buy the good ones.'],
  ['Do you repair organs?', 'We repair pump organs but not electronic ones.'],
  ['Where is your workshop?', 'The workshop is behind the church in Mill Lane.'],
  ['When is the showroom open?', 'The showroom is open on Fridays and Saturdays from ten to six.'],
  ['Do you give lessons?', 'We give no lessons but know three good teachers.'],
  ['How do I care for the keys?', 'Wipe the keys with a damp cloth, never with spirit.'],
  ['Do you deliver pianos upstairs?', 'Up to the third floor, with four people and straps.'],
]
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const report = new Report()
const folder = join(RESULTS, 'first-run')
mkdirSync(folder, { recursive: true })
const files = temporaryFolder()
const table = join(files.path, 'our-answers.csv')
writeFileSync(table, ['question,answer', ...ROWS.map((row) => row.map((cell) => `"${cell}"`).join(','))].join('\n'))
const node = await startNode()
const browser = await launchChromium()
const setupUrl = node.staff_url.replace(/(\?[^#]*)?#/, '?setup#')

async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const troubles = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && troubles.push(message.text()))
  await page.goto(url)
  return { page, troubles, close: () => context.close() }
}

async function checkAccessible(page, name) {
  await settled(page)
  const { violations } = await new AxeBuilder({ page }).options({ runOnly: RULES }).analyze()
  const found = violations.map((rule) => `${rule.id}: ${rule.nodes.map((one) => one.target.join(' ')).join(', ')}`)
  report.check(`accessible: ${name}`, found.length === 0, found.join('; '))
  await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`) })
}

const atStep = (page, step) => page.waitForSelector(`[data-step=${step}]`, { timeout: 60_000 })

await report.part('from start to an answer', async () => {
  let clicks = 0
  const click = async (page, target) => {
    await page.click(target)
    clicks++
  }
  const { page, troubles, close } = await open(setupUrl)
  await atStep(page, 'language')
  await checkAccessible(page, 'language')
  await click(page, '#setup-next')
  await atStep(page, 'kit')
  await click(page, 'label:has(input[value=shop])')
  await click(page, '#setup-name')
  await page.keyboard.type('Piano Mill')
  await checkAccessible(page, 'kit')
  await click(page, '#setup-next')
  await atStep(page, 'computer')
  await page.waitForSelector('#tier-title')
  await checkAccessible(page, 'computer')

  // Whoever closes the page here goes on here.
  await page.goto(setupUrl)
  await page.reload()
  await atStep(page, 'computer')
  report.check('the first run goes on where it stopped', true)
  await click(page, '#setup-next')
  await atStep(page, 'pin')
  await click(page, 'input[id$=-pin]')
  await page.keyboard.type(PIN)
  await page.keyboard.press('Tab')
  await page.keyboard.type(PIN)
  await page.keyboard.press('Enter')
  await page.waitForSelector('#sheet-title', { timeout: 30_000 })
  await checkAccessible(page, 'recovery code')
  await click(page, 'dialog .primary')
  await page.waitForSelector('#sheet-title', { state: 'detached' })
  await checkAccessible(page, 'PIN')
  await click(page, '#setup-next')
  await atStep(page, 'content')
  await click(page, '#import-path')
  await page.keyboard.type(table)
  await click(page, 'form .primary')
  await page.waitForSelector('.counts .good')
  const live = await page.locator('.counts .good').innerText()
  report.check('the ten rows are live, the drafts are not', live.includes('10'), live)
  await checkAccessible(page, 'content')
  await click(page, '#setup-next')
  await page.waitForSelector('.suggestions .button')
  const suggested = await page.locator('.suggestions').innerText()
  report.check('it ends in a chat that suggests what it can answer', suggested.includes(ROWS[0][0]), suggested)
  report.check('no errors on the page', troubles.length === 0, troubles.join('; '))
  await close()

  // The visitors' page, as a kiosk shows it. In the program's own window the last press starts it; here it has an address.
  const kiosk = await open(node.visitor_url, { viewport: { width: 1080, height: 1920 } })
  await kiosk.page.waitForSelector('#ask-me')
  report.check('visitors read the shop’s name', await until('the name', async () => (await kiosk.page.locator('body').innerText()).includes('Piano Mill')))
  await click(kiosk.page, '#ask-me')
  await kiosk.page.waitForFunction(() => document.activeElement?.id === 'question')
  const ask = async ([question], count) => {
    await kiosk.page.keyboard.type(question)
    await kiosk.page.keyboard.press('Enter')
    await kiosk.page.waitForFunction((n) => document.querySelectorAll('article[data-phase=finished]').length >= n, count)
    return kiosk.page.locator('article').last().innerText()
  }
  const answer = await ask(ROWS[3], 1)
  report.check('a visitor gets the shop’s own answer', answer.includes(ROWS[3][1]), answer)
  report.check(`it takes at most ${MOST_CLICKS} clicks`, clicks <= MOST_CLICKS, `${clicks} clicks`)
  console.log(`     ${clicks} clicks`)
  await checkAccessible(kiosk.page, 'visitors')
  const wrong = []
  for (const [at, row] of ROWS.entries()) {
    await kiosk.page.focus('#question')
    const said = await ask(row, at + 2)
    if (!said.includes(row[1])) wrong.push(`${row[0]} ${said}`)
  }
  report.check('all ten rows are answered with their own words', wrong.length === 0, wrong.join(' | '))
  await kiosk.close()
})

await report.part('the shop’s own look', async () => {
  const { page, close } = await open(node.staff_url)
  await page.waitForSelector('.suggestions .button')
  report.check('a finished first run does not come back', (await page.locator('[data-step]').count()) === 0)
  await page.click('#place-look')
  await page.waitForSelector('#look-colour')
  await page.fill('#look-colour', '#f5a623')
  await page.click('header .primary')
  const brand = () => page.evaluate(() => document.documentElement.style.getPropertyValue('--brand'))
  await until('the colour on the staff page', async () => (await brand()) !== '')
  await checkAccessible(page, 'look in a pale colour')
  await page.emulateMedia({ colorScheme: 'dark' })
  await checkAccessible(page, 'look in the dark')
  const kiosk = await open(node.visitor_url, { viewport: { width: 1080, height: 1920 } })
  const onKiosk = () => kiosk.page.evaluate(() => document.documentElement.style.getPropertyValue('--brand'))
  await until('the colour on the visitors’ page', async () => (await onKiosk()) !== '')
  await checkAccessible(kiosk.page, 'visitors in a pale colour')
  report.check('both pages wear the colour', true)
  await kiosk.close()
  await close()
})

await browser.close()
await node.close()
files.remove()
report.end()
