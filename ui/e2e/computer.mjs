// This computer in Chromium on the fake desk: a model from the offer to its use and back, measuring, the plan on paper, right to left, keyboard alone.
import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, preview } from 'vite'
import { launchChromium } from './chromium.mjs'
import { RESULTS, UI_FOLDER, until } from './programs.mjs'
import { Report } from './report.mjs'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const report = new Report()
const folder = join(RESULTS, 'computer')
const pages = join(RESULTS, 'fake')
mkdirSync(folder, { recursive: true })

await build({ root: UI_FOLDER, mode: 'fake', logLevel: 'warn', build: { outDir: pages, emptyOutDir: true } })
const server = await preview({ root: UI_FOLDER, build: { outDir: pages }, preview: { port: 4175, strictPort: true } })
const browser = await launchChromium()

/** A page of its own at one part of this computer; complains about anything it logs or the policy refuses. */
async function openPart(part, query = '', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce', acceptDownloads: true, ...options })
  const page = await context.newPage()
  const troubles = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && troubles.push(message.text()))
  await page.goto(`http://localhost:4175/index.html?fake&pause=1&measure=1500&${query}`)
  await page.waitForSelector('#question')
  if (await page.isVisible('#open-places')) await page.click('#open-places')
  await page.click('#place-computer')
  await page.click(`#tab-${part}`)
  await page.waitForSelector({ computer: '#speed-title', models: '[data-model]', plan: '#roadmap-title' }[part])
  const close = async () => {
    report.check(`no errors on the page: ${part} ${query}`, troubles.length === 0, troubles.join('; '))
    await context.close()
  }
  return { page, close }
}

async function checkAccessible(page, name) {
  const { violations } = await new AxeBuilder({ page }).options({ runOnly: RULES }).analyze()
  const found = violations.map((rule) => `${rule.id}: ${rule.nodes.map((one) => one.target.join(' ')).join(', ')}`)
  report.check(`accessible: ${name}`, found.length === 0, found.join('; '))
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  report.check(`nothing sticks out sideways: ${name}`, wide <= 0, `${wide} pixels`)
  await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`) })
}

/** Targets that a finger would miss; links in running text and radio buttons inside a larger label do not count. */
const smallTargets = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main :is(button, summary, select, input:not([type=radio]))')]
      // A box with words beside it is ticked by its words, too.
      .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect().height])
      .filter(([, height]) => height > 0 && height < 43.5)
      .map(([one, height]) => `${one.id || one.textContent.trim().slice(0, 30)} ${height}`),
  )
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent?.trim().slice(0, 60))
const download = (page, state) => page.waitForSelector(`[data-download=${state}]`, { timeout: 20_000 })

await report.part('a model comes, is used, and goes', async () => {
  const { page, close } = await openPart('models')
  const first = await page.locator('[data-model]').first().getAttribute('data-verdict')
  report.check('the recommended model stands first', first === 'recommended', first)
  await page.click('[data-verdict=recommended] button')
  await page.waitForSelector('#offer-title')
  const offer = await page.innerText('dialog')
  report.check('the offer says size, source, licence and room', /2,497,281,312 bytes/.test(offer) && /models\.example\.org/.test(offer) && /Apache-2\.0/.test(offer) && /free/.test(offer), offer)
  await checkAccessible(page, 'offer')
  await page.keyboard.press('Escape')
  report.check('the focus goes back to its button', /^Download Qwen3 4B/.test(await focused(page)), await focused(page))
  await page.waitForTimeout(1_500)
  report.check('nothing comes without a yes', (await page.locator('[data-download]').count()) === 0)

  await page.click('[data-verdict=recommended] button')
  await page.click('dialog .primary')
  await download(page, 'running')
  report.check('the focus goes to the download', (await focused(page)) === 'downloads-title', await focused(page))
  await until('bytes', async () => (await page.locator('progress').evaluate((bar) => bar.value)) > 0)
  report.check('rate and time left are told', /a second/.test(await page.innerText('[data-download]')) && /left/.test(await page.innerText('[data-download]')))
  await checkAccessible(page, 'download')
  await page.getByRole('button', { name: /^Pause/ }).click()
  await download(page, 'paused')
  const before = await page.locator('progress').evaluate((bar) => bar.value)
  await page.waitForTimeout(2_200)
  report.check('a paused download stands still', (await page.locator('progress').evaluate((bar) => bar.value)) === before)
  await page.getByRole('button', { name: /^Go on/ }).click()
  await page.waitForSelector('.good-news', { timeout: 30_000 })
  await checkAccessible(page, 'arrived')
  report.check('it is not used by itself', /SmolLM2/.test(await page.innerText('.now')))
  await page.click('.good-news .primary')
  await until('the other model', async () => /Qwen3 4B/.test(await page.innerText('.now')))
  await page.click('.now button')
  await until('the model before', async () => /SmolLM2/.test(await page.innerText('.now .name')))
  report.check('it is used, and the way back works', true)
  await page.getByRole('button', { name: 'Delete Qwen3 4B Instruct…' }).click()
  await page.click('dialog .danger')
  await until('the download button', async () => (await page.getByRole('button', { name: 'Download Qwen3 4B Instruct…' }).count()) === 1)
  report.check('it is deleted after a yes', true)
  await close()
})

await report.part('a download that fails', async () => {
  const { page, close } = await openPart('models', 'disk-fills')
  await page.click('[data-verdict=recommended] button')
  await page.click('dialog .primary')
  await download(page, 'failed')
  report.check('it says why and what to do', /disk is full/.test(await page.innerText('[data-download]')) && /Free 3 GB/.test(await page.innerText('[data-download]')))
  await checkAccessible(page, 'download failed')
  await page.getByRole('button', { name: /^Go on/ }).click()
  await download(page, 'running')
  report.check('and goes on', true)
  await close()
})

await report.part('measuring', async () => {
  const { page, close } = await openPart('computer')
  await page.getByRole('button', { name: /Measure/ }).click()
  await page.waitForSelector('progress')
  report.check('it says how long it takes', /of about 20 seconds/.test(await page.innerText('.measuring')), await page.innerText('.measuring'))
  await page.waitForSelector('.figures')
  const figures = await page.innerText('.figures')
  report.check('three figures in plain words', /1\.2 s/.test(figures) && /22 words a second/.test(figures) && /3 people/.test(figures), figures)
  await page.getByRole('button', { name: /^Report for/ }).click()
  await page.waitForSelector('pre')
  await checkAccessible(page, 'report')
  await page.getByRole('button', { name: 'Copy the report' }).click()
  await page.waitForSelector('.told:not(:empty)')
  report.check('the report is copied', /^Copied/.test(await page.innerText('.told')), await page.innerText('.told'))
  await close()
})

await report.part('the plan', async () => {
  const { page, close } = await openPart('plan')
  report.check('it is enough for a few', /is enough for 20/.test(await page.innerText('#answer-title')))
  await page.fill('#visitors', '900')
  await page.waitForSelector('h3:has-text("not enough for 900")')
  await page.click('details:has(td) summary')
  report.check('the drawing has a table', (await page.locator('details[open] tbody tr').count()) > 5)
  await checkAccessible(page, 'plan')
  await page.evaluate(() => {
    window.print = () => (window.printed = true)
  })
  await page.getByRole('button', { name: 'Print the plan' }).click()
  report.check('the button prints', await page.evaluate(() => window.printed === true))
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as a page' }).click()
  report.check('the page can be kept', (await saved).suggestedFilename() === 'frontdesk-plan.html')
  await page.emulateMedia({ media: 'print' })
  const shown = await page.evaluate(() => ({
    rail: getComputedStyle(document.querySelector('.rail')).display,
    form: getComputedStyle(document.querySelector('form')).display,
    height: document.documentElement.scrollHeight,
    main: document.querySelector('main').scrollHeight,
  }))
  report.check('paper gets the plan alone, as long as it is', shown.rail === 'none' && shown.form === 'none' && shown.height >= shown.main, JSON.stringify(shown))
  await page.emulateMedia({ media: 'screen' })
  const paper = await page.pdf({ path: join(folder, 'plan.pdf'), format: 'A4' })
  const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  report.check('and fills a few sheets', sheets >= 2 && sheets <= 8, sheets)
  await close()
})

await report.part('sizes and languages', async () => {
  for (const part of ['computer', 'models', 'plan']) {
    for (const [name, query, options] of [
      ['dark', '', { colorScheme: 'dark' }],
      ['narrow', '', { viewport: { width: 420, height: 800 } }],
      ['Arabic', 'language=ar', {}],
      ['Arabic narrow dark', 'language=ar', { viewport: { width: 420, height: 800 }, colorScheme: 'dark' }],
    ]) {
      const { page, close } = await openPart(part, query, options)
      if (query) report.check(`${part} runs from right to left`, (await page.evaluate(() => document.documentElement.dir)) === 'rtl')
      await checkAccessible(page, `${part} ${name}`)
      const small = await smallTargets(page)
      report.check(`every target is 44 pixels high: ${part} ${name}`, small.length === 0, small.join(', '))
      await close()
    }
    const { page, close } = await openPart(part)
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    await checkAccessible(page, `${part} text 200`)
    await close()
  }
})

await report.part('keyboard alone', async () => {
  const { page, close } = await openPart('computer')
  await page.focus('#tab-computer')
  await page.keyboard.press('ArrowRight')
  await page.waitForSelector('[data-model]')
  report.check('arrow keys change the part', (await focused(page)) === 'tab-models', await focused(page))
  const tabTo = async (wanted) => {
    for (let stops = 0; stops < 60; stops++) {
      if (wanted.test((await focused(page)) ?? '')) return
      await page.keyboard.press('Tab')
      const seen = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement.matches('input, body'))
      if (!seen) report.check('the focus is visible', false, await focused(page))
    }
    throw new Error(`Tab never reached ${wanted}`)
  }
  await tabTo(/^Download Qwen3 4B/)
  await page.keyboard.press('Enter')
  await page.waitForSelector('#offer-title')
  await tabTo(/^Download 2\.5 GB/)
  await page.keyboard.press('Enter')
  await download(page, 'running')
  await tabTo(/^Pause/)
  await page.keyboard.press('Enter')
  await download(page, 'paused')
  await until('the focus to stay', async () => /^(Go on|Pause)/.test((await focused(page)) ?? ''), 3_000)
  report.check('the focus stays at the button that pauses and goes on', true)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.good-news', { timeout: 30_000 })
  await tabTo(/^Use Qwen3 4B/)
  await page.keyboard.press('Enter')
  await until('the other model', async () => /Qwen3 4B/.test(await page.innerText('.now')))
  await until('the focus to go on', async () => (await focused(page)) === 'now-title', 3_000)
  report.check('a model is fetched and used by keyboard alone', true)
  await page.focus('#tab-models')
  await page.keyboard.press('ArrowRight')
  await page.waitForSelector('#visitors')
  await tabTo(/^visitors$/)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('700')
  await page.waitForSelector('h3:has-text("not enough for 700")')
  report.check('the plan answers by keyboard alone', true)
  await close()
})

await browser.close()
await server.close()
report.end()
