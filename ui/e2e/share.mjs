// "Share on this network" in the real window: nothing listens before and after, and a phone and a tablet can use the page
// meanwhile. They open it by an address of the network, where browsers trust a page less than on the computer itself.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { devices } from 'playwright-core'
import { launchChromium } from './chromium.mjs'
import { descendants, listeners } from './processes.mjs'
import { programPath, RESULTS, stop, until } from './programs.mjs'

const QUESTION = 'Can I bring back shoes I have worn outside?'
const DEVICES = {
  phone: devices['iPhone 13'],
  tablet: devices['Galaxy Tab S4'],
}

/** One device from the first look at the page to an answer with its source. */
async function checkDevice(report, browser, name, url) {
  const { defaultBrowserType: _type, ...device } = DEVICES[name]
  const context = await browser.newContext({ ...device, locale: 'en-GB' })
  const page = await context.newPage()
  const troubles = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && troubles.push(message.text()))
  await page.goto(url)
  await page.waitForSelector('#ask-me')
  report.check(`the key leaves the address bar of a ${name}`, !page.url().includes('key') && page.url().endsWith('/kiosk.html'), page.url())
  const kept = await page.evaluate(() => ({ session: Object.keys(sessionStorage), local: Object.keys(localStorage), cookies: document.cookie, secure: isSecureContext }))
  report.check(`and stays for the session alone: ${name}`, kept.session.includes('frontdesk-key') && kept.local.length === 0 && kept.cookies === '', JSON.stringify(kept))
  report.check(`the address is one of the network: ${name}`, kept.secure === false, JSON.stringify(kept))
  await page.screenshot({ path: join(RESULTS, 'window', `share-${name}-welcome.png`) })
  await page.tap('#ask-me')
  await page.waitForSelector('#question')
  report.check(`the device's own keyboard is enough: ${name}`, (await page.locator('.keyboard').count()) === 0)
  await page.fill('#question', QUESTION)
  await page.press('#question', 'Enter')
  await page.waitForSelector('article[data-phase=finished]', { timeout: 120_000 })
  report.check(`a ${name} gets an answer with its source`, (await page.locator('.chip').count()) > 0)
  await page.locator('.chip').first().tap()
  await page.waitForSelector('mark')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  report.check(`nothing sticks out sideways: ${name}`, wide <= 0, `${wide} pixels`)
  await page.screenshot({ path: join(RESULTS, 'window', `share-${name}.png`) })
  await page.reload()
  await page.waitForSelector('#ask-me')
  report.check(`a reload needs no new key: ${name}`, true)
  report.check(`no errors on the page: ${name}`, troubles.length === 0, troubles.join('; '))
  return { page, close: () => context.close() }
}

/** The window as people start it, without a driver. */
export async function checkOrdinaryStart(report, env) {
  const { TAURI_WEBVIEW_AUTOMATION: _driven, ...plain } = env
  const child = spawn(programPath('frontdesk'), [], { stdio: 'ignore', env: plain })
  try {
    await until('the desk to be open', () => descendants(child.pid, 'frontdesk-engine').length > 0, 60_000)
    const found = [child.pid, ...descendants(child.pid, 'frontdesk-engine')].flatMap(listeners)
    report.check('nothing listens while nothing is shared', found.length === 0, found.join(', '))
  } finally {
    await stop(child)
  }
}

/** `invoke` sends a command from the staff window; `pid` is the window's process. */
export async function checkShare(report, driver, invoke, pid, takePicture) {
  const state = async (command) => JSON.parse((await invoke(driver, 'manage', { command: { do: 'network', ...command } })).replace(/^(ok|denied) /, ''))
  // The driver of this test has a door of its own.
  const driven = new Set(listeners(pid))
  const ours = () => listeners(pid).filter((one) => !driven.has(one))
  const { found } = await state({ what: 'state' })
  if (!found.length) return report.check('sharing with devices is checked where there is a local network (none here)', true)

  await driver.click('#place-network')
  await until('the page', async () => (await driver.run("return document.querySelectorAll('#share').length")) === 1)
  await takePicture(driver, 'network-off')
  await driver.click('#share')
  await until('the square', async () => (await driver.run("return document.querySelectorAll('.pages svg[role=img]').length")) === 1)
  const { pages } = await state({ what: 'state' })
  report.check('every address found is listened on, with one port', ours().length === found.length && new Set(ours().map((one) => one.split(' ')[1])).size === 1, ours().join(', '))
  const browser = await launchChromium()
  try {
    const opened = []
    for (const name of Object.keys(DEVICES)) opened.push(await checkDevice(report, browser, name, pages[0].url))
    await until('the devices in the list', async () => /1 device/.test(await driver.run("return document.querySelector('#guest-count')?.innerText ?? ''")))
    await takePicture(driver, 'network-on')

    await state({ what: 'new_key' })
    await until('the sentence', async () => /needs a new address/.test(await opened[0].page.innerText('.news')))
    report.check('a device with the old key is told that it needs the new address', true)

    await driver.click('#share')
    await until('the door to close', async () => ours().length === 0, 15_000)
    report.check('one click, and nothing listens any more', true)
    const refused = await opened[0].page.reload().then(() => 'answered', () => 'refused')
    report.check('a device gets nothing then', refused === 'refused', refused)
    for (const one of opened) await one.close()
  } finally {
    await browser.close()
  }
  await driver.click('#place-try')
  await until('the conversation', async () => (await driver.run("return document.querySelectorAll('#question').length")) === 1)
}
