// The pages on the fake desk in Chromium, for scripts that look at one page after the other.
import { AxeBuilder } from '@axe-core/playwright'
import { build, preview } from 'vite'
import { launchChromium } from './chromium.mjs'
import { UI_FOLDER } from './programs.mjs'
import { settled } from './settled.mjs'

const OUT = 'test-results/fake'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Builds and serves the pages; `open` gives a page of its own and what went wrong on it. */
export async function openPages(port) {
  if (!process.env.FRONTDESK_BUILT) await build({ root: UI_FOLDER, mode: 'fake', logLevel: 'error', build: { outDir: OUT } })
  const server = await preview({ root: UI_FOLDER, build: { outDir: OUT }, preview: { port, strictPort: true } })
  const browser = await launchChromium()
  const base = `http://localhost:${port}/`

  async function open(page, query, { wait, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce', ...options })
    const opened = await context.newPage()
    const troubles = []
    opened.on('pageerror', (error) => troubles.push(error.message))
    opened.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && troubles.push(message.text()))
    opened.on('dialog', (dialog) => {
      troubles.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    opened.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(base) && !url.startsWith('data:') && !url.startsWith('blob:')) troubles.push(`asked for ${url.slice(0, 80)}`)
    })
    await opened.goto(`${base}${page}?fake&${query}`)
    if (wait) await opened.waitForSelector(wait)
    return { page: opened, troubles, close: () => context.close() }
  }

  async function close() {
    await browser.close()
    await server.close()
  }
  return { open, close, base }
}

/** Serious and critical findings, in words. High contrast promises 7:1, everything else 4.5:1. */
export async function findingsOf(page) {
  await settled(page)
  const isHigh = await page.evaluate(() => matchMedia('(prefers-contrast: more)').matches || document.documentElement.dataset.contrast === 'more')
  // A picture of the visitors' screen wears the shop's colours; what is on that screen is looked at there.
  const { violations } = await new AxeBuilder({ page }).exclude('[role=img] > [aria-hidden]').options({ runOnly: RULES, rules: { 'color-contrast-enhanced': { enabled: isHigh } } }).analyze()
  return violations
    .filter((rule) => /serious|critical/.test(rule.impact))
    .map((rule) => `${rule.id}: ${rule.nodes.map((one) => one.target.join(' ')).join(', ')}`)
}

/** Pixels by which something is wider than the page. */
export const overhang = (page) =>
  page.evaluate(() => {
    const inside = [...document.querySelectorAll('main, dialog, .scroller, .attract')].map((one) => one.scrollWidth - one.clientWidth)
    return Math.max(document.documentElement.scrollWidth - innerWidth, ...inside)
  })
