// The served pages in Chromium against the scripted engine: chat, keyboard, accessibility, sizes and languages.
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from './chromium.mjs'
import { RESULTS, startNode, until } from './programs.mjs'
import { Report } from './report.mjs'
import { settled } from './settled.mjs'

const QUESTION = 'Can I bring back shoes I have worn outside?'
const OFF_TOPIC = 'Explain quantum entanglement'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const DESKTOP = { width: 1280, height: 800 }

const report = new Report()
const folder = join(RESULTS, 'browser')
mkdirSync(folder, { recursive: true })

const node = await startNode()
const browser = await launchChromium()

/** Opens a page of its own and complains about anything it logs or the policy refuses. */
async function openPage(url, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const troubles = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && troubles.push(message.text()))
  await page.goto(url)
  await page.waitForSelector('.suggestions .button, #ask-me', { timeout: 30_000 })
  // The first start reads the sample shop; questions wait for that.
  await until('the sample shop', () => page.evaluate(() => !document.querySelector('.news .busy')), 120_000)
  return { page, troubles, close: () => context.close() }
}

/** Opens a place of the staff window; where it is narrow the places are folded away. */
async function goTo(page, place) {
  if (await page.isVisible('#open-places')) await page.click('#open-places')
  await page.click(`#place-${place}`)
}

async function ask(page, question) {
  const before = await page.locator('article').count()
  await page.fill('#question', question)
  await page.press('#question', 'Enter')
  await page.waitForFunction((count) => document.querySelectorAll('article[data-phase=finished]').length > count, before, { timeout: 30_000 })
  return page.locator('article').last()
}

async function checkAccessible(page, name) {
  await settled(page)
  // High contrast promises 7:1, everything else 4.5:1.
  const isHighContrast = await page.evaluate(() => matchMedia('(prefers-contrast: more)').matches)
  const rules = { 'color-contrast-enhanced': { enabled: isHighContrast } }
  const { violations } = await new AxeBuilder({ page }).options({ runOnly: RULES, rules }).analyze()
  const found = violations.map((rule) => `${rule.id}: ${rule.nodes.map((one) => one.target.join(' ')).join(', ')}`)
  report.check(`accessible: ${name}`, found.length === 0, found.join('; '))
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  report.check(`nothing sticks out sideways: ${name}`, wide <= 0, `${wide} pixels`)
  await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`) })
}

await report.part('conversation', async () => {
  const { page, troubles, close } = await openPage(node.staff_url)
  report.check('the key leaves the address bar', !page.url().includes('key='), page.url())
  report.check('four questions to start with', (await page.locator('.suggestions .button').count()) === 4)
  const answer = await ask(page, QUESTION)
  report.check('the answer has a source', (await answer.locator('.chip').count()) > 0, await answer.innerText())
  await answer.locator('.chip').first().click()
  await page.waitForSelector('aside mark')
  report.check('the passage opens beside it, highlighted', (await page.locator('aside mark').innerText()).length > 10)
  await checkAccessible(page, 'answer with source')
  await page.keyboard.press('Escape')
  await page.waitForSelector('aside', { state: 'detached' })
  await until('the focus to return', () => page.evaluate(() => document.activeElement?.className.includes('chip')))
  report.check('Escape closes it and gives the focus back', true)
  await answer.getByRole('button', { name: 'This answer helped' }).click()
  report.check('a thumb is taken', (await answer.locator('[aria-pressed=true]').count()) === 1)
  const refused = await ask(page, OFF_TOPIC)
  const route = await refused.locator('.route').getAttribute('data-route')
  // The scripted embedder knows no meaning, so it may offer neighbours instead of refusing.
  report.check('an off-topic question is not answered', /refused|did_you_mean/.test(route), route)
  await checkAccessible(page, 'not answered')
  report.check('no errors on the page', troubles.length === 0, troubles.join('; '))
  await close()
})

await report.part('keyboard', async () => {
  const { page, close } = await openPage(node.staff_url)
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim().slice(0, 40))
  await page.keyboard.press('Tab')
  report.check('the first stop skips to the content', /Skip/.test(await focused()), await focused())
  for (let stops = 0; stops < 30 && (await page.evaluate(() => document.activeElement?.id)) !== 'question'; stops++) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement)
      return style.outlineStyle !== 'none' || document.activeElement.matches('textarea')
    })
    if (!seen) report.check('the focus is visible', false, await focused())
  }
  report.check('the field is reached by Tab', (await page.evaluate(() => document.activeElement?.id)) === 'question')
  await page.keyboard.type(QUESTION)
  await page.keyboard.press('Enter')
  await page.waitForSelector('article[data-phase=finished]')
  for (let stops = 0; stops < 40 && !(await page.evaluate(() => document.activeElement?.className.includes('chip'))); stops++) {
    await page.keyboard.press('Shift+Tab')
  }
  await page.keyboard.press('Enter')
  await page.waitForSelector('mark')
  await page.keyboard.press('Escape')
  report.check('a source opens and closes by keyboard alone', (await page.locator('mark').count()) === 0)
  await close()
})

await report.part('staff pages', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await openPage(node.staff_url, { colorScheme })
    await checkAccessible(page, `welcome ${colorScheme}`)
    await goTo(page, 'knowledge')
    await page.waitForSelector('[data-faq]')
    await checkAccessible(page, `knowledge ${colorScheme}`)
    await goTo(page, 'computer')
    await page.waitForSelector('dl')
    await checkAccessible(page, `computer ${colorScheme}`)
    await page.click('#tab-models')
    await page.waitForSelector('#bring-title')
    await checkAccessible(page, `models ${colorScheme}`)
    await page.click('#tab-plan')
    await page.waitForSelector('#answer-title')
    await checkAccessible(page, `plan ${colorScheme}`)
    await close()
  }
})

await report.part('sizes', async () => {
  // 200 % zoom halves the window as the page sees it.
  const zoomed = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }
  for (const [name, options] of [['zoom 200', zoomed], ['narrow', { viewport: { width: 420, height: 800 } }], ['contrast', { contrast: 'more' }], ['contrast dark', { contrast: 'more', colorScheme: 'dark' }]]) {
    const { page, close } = await openPage(node.staff_url, options)
    await ask(page, QUESTION)
    await checkAccessible(page, name)
    await page.locator('.chip').first().click()
    await page.waitForSelector('mark')
    await checkAccessible(page, `${name} source`)
    await close()
  }
  const { page, close } = await openPage(node.staff_url)
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
  await ask(page, QUESTION)
  await checkAccessible(page, 'text 200')
  await goTo(page, 'knowledge')
  await page.waitForSelector('[data-faq]')
  await checkAccessible(page, 'text 200 knowledge')
  await close()
})

await report.part('kiosk', async () => {
  const { page, close } = await openPage(node.visitor_url, { viewport: { width: 1080, height: 1920 } })
  await checkAccessible(page, 'kiosk attract')
  const small = () =>
    page.evaluate(() => [...document.querySelectorAll('button:not(.cite)')].filter((one) => one.getBoundingClientRect().height < 63.5).map((one) => one.textContent))
  const onAttract = await small()
  await page.click('#ask-me')
  await page.waitForSelector('.keyboard')
  await checkAccessible(page, 'kiosk')
  const covered = await page.evaluate(() => document.querySelector('#question').getBoundingClientRect().bottom - document.querySelector('.keyboard').getBoundingClientRect().top)
  report.check('the keyboard does not cover the field', covered <= 0, covered)
  for (const letter of 'zip') await page.locator('.keyboard').getByRole('button', { name: letter, exact: true }).click()
  report.check('the keyboard on the screen types', (await page.inputValue('#question')) === 'zip')
  await page.fill('#question', '')
  await ask(page, QUESTION)
  const onVisit = await small()
  report.check('every kiosk target is 64 pixels high', onAttract.length + onVisit.length === 0, [...onAttract, ...onVisit].join(', '))
  await page.click('#language')
  await page.locator('dialog').getByRole('button', { name: 'العربية' }).click()
  await page.waitForSelector('html[dir=rtl]')
  await checkAccessible(page, 'kiosk Arabic')
  const denied = await page.evaluate(async () => {
    const key = sessionStorage.getItem('frontdesk-key')
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    return (await fetch('/manage', { method: 'POST', headers, body: '{"do":"doctor"}' })).status
  })
  report.check('the visitor key may not manage', denied === 401 || denied === 403, denied)
  await page.click('#start-over')
  await page.waitForSelector('html[lang=en]')
  report.check('start over brings the desk’s language back', (await page.locator('article').count()) === 0)
  await close()
})

await report.part('language', async () => {
  const staff = await openPage(node.staff_url)
  const visitor = await openPage(node.visitor_url)
  await goTo(staff.page, 'computer')
  await staff.page.selectOption('#language', 'ar')
  await staff.page.waitForSelector('html[lang=ar][dir=rtl]')
  await visitor.page.waitForSelector('html[lang=ar]', { timeout: 15_000 })
  report.check('both windows change their language', true)
  await checkAccessible(staff.page, 'computer Arabic')
  await goTo(staff.page, 'knowledge')
  await staff.page.waitForSelector('[data-faq]')
  await checkAccessible(staff.page, 'knowledge Arabic')
  await staff.close()
  await visitor.close()
})

await browser.close()
await node.close()
report.end()
