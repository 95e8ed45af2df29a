// Pictures of every screen on the fake desk, for a person to look at: `npm run look`, then open test-results/look.
import { mkdirSync } from 'node:fs'
import { preview } from 'vite'
import { launchChromium } from './chromium.mjs'

const FOLDER = 'test-results/look'
mkdirSync(FOLDER, { recursive: true })
const server = await preview({ build: { outDir: 'test-results/fake' }, preview: { port: 4174, strictPort: true } })
const browser = await launchChromium()
const wanted = process.argv[2]

const STAFF = { page: 'index.html', width: 1280, height: 800 }
const KIOSK = { page: 'kiosk.html', width: 1080, height: 1920 }
const WIDE = { ...KIOSK, width: 1920, height: 1080 }
const SMALL = { ...KIOSK, width: 1280, height: 800 }
const ask = (question) => async (page) => {
  await page.fill('#question', question)
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-phase=finished]')
}
const openSource = async (page) => {
  await ask('Can I bring back shoes I have worn outside?')(page)
  await page.click('.chip')
  await page.waitForSelector('mark')
}
const openOrder = async (page) => {
  await ask('Where is my order HO-104106?')(page)
  await page.fill('input[name=proof]', 'test@example.org')
  await page.keyboard.press('Enter')
  await page.waitForSelector('dl')
}
const go = (place) => async (page) => {
  // In a narrow window the places are folded away.
  if (await page.isVisible('#open-places')) await page.click('#open-places')
  await page.click(`#place-${place}`)
  await page.waitForSelector('main h1')
}
const lookIntoBackup = async (page) => {
  await go('backup')(page)
  await page.fill('#backup-file', '/media/stick/a.fdz')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#replace-all')
}
const askToReplace = async (page) => {
  await lookIntoBackup(page)
  await page.click('#replace-all')
  await page.waitForSelector('#replace-title')
}
const openPart = (part) => async (page) => {
  await go('computer')(page)
  await page.click(`#tab-${part}`)
  await page.waitForSelector({ computer: '#speed-title', models: '[data-model]', plan: '#roadmap-title' }[part])
}
const openOffer = async (page) => {
  await openPart('models')(page)
  await page.click('[data-verdict=recommended] .button')
  await page.waitForSelector('#offer-title')
}
const download = async (page) => {
  await openOffer(page)
  await page.click('dialog .primary')
  await page.waitForSelector('[data-download]')
  await page.waitForTimeout(2300)
}
const wake = async (page) => {
  await page.keyboard.press('a')
  await page.waitForSelector('#question')
  await page.evaluate(() => document.activeElement.blur())
}
const askThere = (question) => async (page) => {
  await wake(page)
  await ask(question)(page)
}
const openKeys = async (page) => {
  await wake(page)
  await page.focus('#question')
  await page.waitForSelector('.keyboard')
}
const SETUP = { ...STAFF, query: 'new&pause=1', wait: '#setup-next' }
const toStep = (number, choose) => async (page) => {
  for (let step = 0; step < number; step++) {
    await page.click('#setup-next')
    await page.waitForSelector(`[data-step=${['kit', 'computer', 'pin', 'content'][step]}]`)
  }
  if (choose) await page.click(choose)
  await page.waitForTimeout(200)
}
const brand = (colour) => async (page) => {
  await go('look')(page)
  await page.waitForSelector('#look-colour')
  await page.fill('#look-colour', colour)
  await page.click('header .primary')
  await page.click('.logo .button')
  await page.waitForTimeout(300)
}
const openKnowledge = (part) => async (page) => {
  await go('knowledge')(page)
  await page.click(`#tab-${part}`)
  await page.waitForTimeout(150)
}
const writeGap = async (page) => {
  await openKnowledge('gaps')(page)
  await page.click('[data-gap] .button')
  await page.waitForSelector('#gap-answer')
}
const openWhy = (question) => async (page) => {
  await ask(question)(page)
  await page.click('.why')
  await page.waitForSelector('[data-fate]')
}

const openLock = async (page) => {
  await go('kiosk')(page)
  await page.click('#tab-lock')
  await page.waitForSelector('[data-check]')
}
const openTicket = async (page) => {
  await go('visitors')(page)
  await page.click('.rows li:nth-child(2) button')
  await page.waitForSelector('#ticket-title')
}
const openTalk = async (page) => {
  await go('visitors')(page)
  await page.click('#tab-talks')
  await page.click('.rows li:nth-child(4) button')
  await page.waitForSelector('#talk-title')
}
const openInsights = async (page) => {
  await go('insights')(page)
  await page.waitForSelector('#hours-title')
}
const wizard = async (page) => {
  await go('orders')(page)
  await page.click('button:has-text("Choose a file"), button:has-text("اختر ملف")')
  await page.waitForSelector('#columns-title')
}
const share = async (page) => {
  await go('network')(page)
  await page.click('#share')
  await page.waitForSelector('.pages svg')
}
const shareAsExpert = async (page) => {
  await share(page)
  if (await page.isVisible('#open-places')) await page.click('#open-places')
  await page.click('#expert')
  await page.waitForSelector('[data-engine]')
}
const eraseDialog = async (page) => {
  await go('privacy')(page)
  await page.click('button:has-text("Erase…")')
}

const SHOTS = {
  'staff-welcome': STAFF,
  'staff-welcome-dark': { ...STAFF, colorScheme: 'dark' },
  'staff-source': { ...STAFF, act: openSource },
  'staff-source-dark': { ...STAFF, colorScheme: 'dark', act: openSource },
  'staff-source-arabic': { ...STAFF, query: 'language=ar', act: openSource },
  'staff-source-contrast': { ...STAFF, contrast: 'more', act: openSource },
  'staff-narrow': { ...STAFF, width: 420, act: ask('Can I bring back shoes?') },
  'staff-narrow-source': { ...STAFF, width: 420, act: openSource },
  'staff-looking': { ...STAFF, query: 'pause=4000', act: async (page) => { await page.fill('#question', 'shoes'); await page.keyboard.press('Enter') } },
  'staff-list': { ...STAFF, act: ask('Tell me about the workshop') },
  'staff-refused': { ...STAFF, act: ask('What is the weather on the moon?') },
  'staff-did-you-mean': { ...STAFF, act: ask('delivery ireland'), colorScheme: 'dark' },
  'staff-crash': { ...STAFF, act: async (page) => { await ask('crash please')(page); await page.waitForTimeout(3500) } },
  'staff-order-form': { ...STAFF, act: ask('Where is my order HO-104106?') },
  'staff-order-form-arabic': { ...STAFF, query: 'language=ar', act: ask('Where is my order?') },
  'staff-order-found': { ...STAFF, act: openOrder },
  'staff-order-refused': { ...STAFF, colorScheme: 'dark', act: async (page) => { await ask('Where is my order HO-104106?')(page); await page.fill('input[name=proof]', 'x'); await page.keyboard.press('Enter'); await page.waitForSelector('.order .message:not(:empty)') } },
  'staff-knowledge-narrow': { ...STAFF, width: 420, act: go('knowledge'), tall: true },
  'staff-knowledge-empty': { ...STAFF, query: 'empty', act: go('knowledge') },
  'staff-knowledge-many': { ...STAFF, query: 'faqs=10000', act: go('knowledge') },
  'staff-knowledge-edit': { ...STAFF, act: async (page) => { await go('knowledge')(page); await page.click('[data-cell="0-1"]') } },
  'staff-knowledge-open': { ...STAFF, act: async (page) => { await go('knowledge')(page); await page.click('[data-cell="0-5"]'); await page.waitForSelector('#faq-answer') } },
  'staff-knowledge-findings': { ...STAFF, act: async (page) => { await go('knowledge')(page); await page.click('summary'); await page.click('details .button'); await page.waitForSelector('[data-finding]') } },
  'staff-knowledge-remove': { ...STAFF, act: async (page) => { await openKnowledge('documents')(page); await page.click('td .button') } },
  'staff-knowledge-import': { ...STAFF, act: async (page) => { await openKnowledge('documents')(page); await page.fill('#import-path', '/home/desk/leaflets'); await page.keyboard.press('Enter'); await page.waitForSelector('progress') } },
  'staff-knowledge-gap': { ...STAFF, act: writeGap },
  'staff-knowledge-gap-done': { ...STAFF, act: async (page) => { await writeGap(page); await page.fill('#gap-answer', 'Yes, behind the harbour hall.'); await page.click('.panel .primary'); await page.waitForSelector('.outcome') } },
  'staff-knowledge-version': { ...STAFF, act: async (page) => { await openKnowledge('versions')(page); await page.click('form .primary'); await page.waitForSelector('td .button'); await page.click('td .button') } },
  ...Object.fromEntries(['answers', 'documents', 'facts', 'bench', 'gaps', 'versions'].flatMap((part) => [
    [`staff-knowledge-${part}`, { ...STAFF, act: openKnowledge(part), tall: true }],
    [`staff-knowledge-${part}-dark`, { ...STAFF, colorScheme: 'dark', act: openKnowledge(part) }],
    [`staff-knowledge-${part}-arabic`, { ...STAFF, query: 'language=ar', act: openKnowledge(part), tall: true }],
    [`staff-knowledge-${part}-200`, { ...STAFF, text: '200%', act: openKnowledge(part) }],
  ])),
  'staff-why': { ...STAFF, act: openWhy('Can I bring back shoes?') },
  'staff-why-spoken-dark': { ...STAFF, colorScheme: 'dark', act: openWhy('Tell me about the workshop') },
  'staff-why-arabic': { ...STAFF, query: 'language=ar', act: openWhy('Can I bring back shoes?') },
  'staff-why-200': { ...STAFF, text: '200%', act: openWhy('Can I bring back shoes?') },
  'staff-why-never': { ...STAFF, act: async (page) => { await openWhy('Can I bring back shoes?')(page); await page.click('button:has-text("Never say this")') } },
  'computer': { ...STAFF, act: openPart('computer'), tall: true },
  'computer-dark': { ...STAFF, colorScheme: 'dark', act: openPart('computer'), tall: true },
  'computer-arabic': { ...STAFF, query: 'language=ar', act: openPart('computer'), tall: true },
  'computer-narrow': { ...STAFF, width: 420, act: openPart('computer'), tall: true },
  'computer-failed': { ...STAFF, query: 'failed', act: openPart('computer') },
  'computer-measuring': { ...STAFF, query: 'measure=60000', act: async (page) => { await openPart('computer')(page); await page.click('button:has-text("Measure again")') } },
  'computer-report': { ...STAFF, act: async (page) => { await openPart('computer')(page); await page.click('button:has-text("Report for")'); await page.waitForSelector('pre') } },
  'models': { ...STAFF, act: openPart('models'), tall: true },
  'models-dark': { ...STAFF, colorScheme: 'dark', act: openPart('models'), tall: true },
  'models-arabic': { ...STAFF, query: 'language=ar', act: openPart('models'), tall: true },
  'models-narrow': { ...STAFF, width: 420, act: openPart('models'), tall: true },
  'models-offer': { ...STAFF, act: openOffer },
  'models-offer-arabic': { ...STAFF, query: 'language=ar', act: openOffer },
  'models-coming': { ...STAFF, act: download },
  'models-coming-dark': { ...STAFF, colorScheme: 'dark', act: download },
  'models-coming-narrow': { ...STAFF, width: 420, act: download },
  'models-coming-arabic': { ...STAFF, query: 'language=ar', act: download },
  'models-failed': { ...STAFF, query: 'disk-fills', act: async (page) => { await download(page); await page.waitForSelector('[data-download=failed]') } },
  'models-arrived': { ...STAFF, act: async (page) => { await download(page); await page.waitForSelector('.good-news', { timeout: 20_000 }) } },
  'models-brought': { ...STAFF, act: async (page) => { await openPart('models')(page); await page.click('button:has-text("Choose model files")'); await page.click('button:has-text("Look for models")'); await page.waitForSelector('#found-title') }, tall: true },
  'models-doubt': { ...STAFF, act: async (page) => { await openPart('models')(page); await page.click('[data-model=granite-4-micro] button:has-text("Use it")') } },
  'models-exam': { ...STAFF, act: async (page) => { await openPart('models')(page); await page.getByRole('button', { name: /exam/ }).click(); await page.waitForSelector('text=Not passed') }, tall: true },
  'plan': { ...STAFF, act: openPart('plan'), tall: true },
  'plan-dark': { ...STAFF, colorScheme: 'dark', act: openPart('plan'), tall: true },
  'plan-arabic': { ...STAFF, query: 'language=ar', act: openPart('plan'), tall: true },
  'plan-narrow': { ...STAFF, width: 420, act: openPart('plan'), tall: true },
  'plan-own-shares': { ...STAFF, act: async (page) => { await openPart('plan')(page); await page.click('text=My own shares'); await page.click('button[aria-pressed]:has-text("500")'); await page.waitForTimeout(600) } },
  'plan-unmeasured': { ...STAFF, query: 'unmeasured', act: openPart('plan') },
  'plan-contrast': { ...STAFF, contrast: 'more', act: openPart('plan') },
  'models-contrast-dark': { ...STAFF, contrast: 'more', colorScheme: 'dark', act: openPart('models') },
  'models-200': { ...STAFF, text: '200%', act: openPart('models') },
  'plan-paper': { ...STAFF, width: 720, height: 1100, paper: true, act: openPart('plan'), tall: true },
  'setup-language': SETUP,
  'setup-kit': { ...SETUP, act: toStep(1, 'input[value=museum]') },
  'setup-kit-dark': { ...SETUP, colorScheme: 'dark', act: toStep(1) },
  'setup-kit-arabic': { ...SETUP, query: 'new&language=ar', act: toStep(1, 'input[value=hotel]') },
  'setup-kit-german-narrow': { ...SETUP, width: 420, query: 'new&language=de', act: toStep(1, 'input[value=clinic]'), tall: true },
  'setup-computer': { ...SETUP, act: toStep(2), tall: true },
  'setup-computer-short': { ...SETUP, act: toStep(2) },
  'setup-pin': { ...SETUP, act: toStep(3) },
  'setup-content': { ...SETUP, act: async (page) => { await toStep(1, 'input[value=shop]')(page); for (const step of ['computer', 'pin', 'content']) { await page.click('#setup-next'); await page.waitForSelector(`[data-step=${step}]`) } } },
  'setup-content-contrast': { ...SETUP, contrast: 'more', act: toStep(4) },
  'setup-200': { ...SETUP, text: '200%', act: toStep(1) },
  'look': { ...STAFF, act: brand('#c8102e'), tall: true },
  'look-short': { ...STAFF, act: brand('#6d28d9') },
  'look-dark': { ...STAFF, colorScheme: 'dark', act: brand('#f5a623'), tall: true },
  'look-arabic': { ...STAFF, query: 'language=ar', act: brand('#0b7a3e'), tall: true },
  'look-contrast': { ...STAFF, contrast: 'more', act: brand('#ffff00') },
  'look-narrow': { ...STAFF, width: 420, act: brand('#1d4ed8'), tall: true },
  'look-200': { ...STAFF, text: '200%', act: brand('#1d4ed8') },
  'look-long-name': { ...STAFF, query: `name=${'Long name '.repeat(30)}`, act: go('look') },
  'lock': { ...STAFF, act: go('kiosk'), tall: true },
  'lock-dark': { ...STAFF, colorScheme: 'dark', act: openLock, tall: true },
  'lock-arabic': { ...STAFF, query: 'language=ar', act: go('kiosk'), tall: true },
  'lock-checks': { ...STAFF, act: openLock, tall: true },
  'home': { ...STAFF, act: go('home'), tall: true },
  'home-dark': { ...STAFF, colorScheme: 'dark', query: 'pause=1&failed', act: go('home') },
  'home-arabic': { ...STAFF, query: 'language=ar', act: go('home'), tall: true },
  'home-narrow': { ...STAFF, width: 420, act: go('home'), tall: true },
  'home-empty': { ...STAFF, query: 'empty', act: go('home') },
  'home-paper': { ...STAFF, width: 720, height: 1100, paper: true, act: go('home'), tall: true },
  'privacy': { ...STAFF, act: go('privacy'), tall: true },
  'privacy-dark': { ...STAFF, colorScheme: 'dark', act: eraseDialog },
  'privacy-arabic': { ...STAFF, query: 'language=ar', act: go('privacy'), tall: true },
  'backup': { ...STAFF, act: lookIntoBackup, tall: true },
  'backup-ask': { ...STAFF, act: askToReplace },
  'backup-dark': { ...STAFF, colorScheme: 'dark', act: go('backup'), tall: true },
  'backup-arabic': { ...STAFF, query: 'language=ar', act: lookIntoBackup, tall: true },
  'backup-german': { ...STAFF, query: 'language=de', act: lookIntoBackup, tall: true },
  'backup-narrow': { ...STAFF, width: 420, act: lookIntoBackup, tall: true },
  'privacy-narrow': { ...STAFF, width: 420, act: go('privacy'), tall: true },
  'network-off': { ...STAFF, act: go('network') },
  'network': { ...STAFF, act: share, tall: true },
  'network-wide': { ...STAFF, width: 1920, height: 1080, act: shareAsExpert },
  'network-dark': { ...STAFF, colorScheme: 'dark', act: shareAsExpert, tall: true },
  'network-wide-dark': { ...STAFF, width: 1920, height: 1080, colorScheme: 'dark', act: share },
  'network-arabic': { ...STAFF, query: 'language=ar', act: shareAsExpert, tall: true },
  'network-wide-arabic': { ...STAFF, width: 1920, height: 1080, query: 'language=ar', act: share },
  'network-german': { ...STAFF, query: 'language=de', act: shareAsExpert, tall: true },
  'network-narrow': { ...STAFF, width: 420, act: shareAsExpert, tall: true },
  'network-200': { ...STAFF, text: '200%', act: share },
  'network-contrast': { ...STAFF, contrast: 'more', act: share },
  'network-cloud': { ...STAFF, act: async (page) => { await shareAsExpert(page); await page.click('[data-engine=cloud] input[type=checkbox]') } },
  'network-add': { ...STAFF, act: async (page) => { await shareAsExpert(page); await page.click('#add-engine'); await page.click('dialog summary') } },
  'network-tested': { ...STAFF, act: async (page) => { await shareAsExpert(page); await page.click('[data-engine=workshop] .acts .button'); await page.waitForSelector('.tried p') } },
  'kiosk-phone': { ...KIOSK, width: 390, height: 844 },
  'kiosk-phone-answer': { ...KIOSK, width: 390, height: 844, query: 'no-keyboard', act: askThere('Can I bring back shoes?') },
  'kiosk-tablet': { ...KIOSK, width: 820, height: 1180, query: 'no-keyboard', act: askThere('Can I bring back shoes?') },
  'orders': { ...STAFF, act: go('orders'), tall: true },
  'orders-wizard': { ...STAFF, act: wizard, tall: true },
  'orders-wizard-dark': { ...STAFF, colorScheme: 'dark', act: wizard },
  'orders-wizard-arabic': { ...STAFF, query: 'language=ar', act: wizard, tall: true },
  'orders-narrow': { ...STAFF, width: 420, act: wizard, tall: true },
  'staff-200': { ...STAFF, text: '200%', act: openSource },
  'staff-200-knowledge': { ...STAFF, text: '200%', act: go('knowledge') },
  'staff-german': { ...STAFF, query: 'language=de', act: go('home') },
  'staff-search': { ...STAFF, act: async (page) => { await page.keyboard.press('Control+K'); await page.fill('#goto', 'mo') } },
  'staff-search-arabic-dark': { ...STAFF, query: 'language=ar', colorScheme: 'dark', act: async (page) => { await page.keyboard.press('Control+K'); await page.waitForSelector('#goto') } },
  'staff-narrow-places': { ...STAFF, width: 420, act: async (page) => { await page.click('#open-places') } },
  'kiosk-hebrew': { ...KIOSK, query: 'language=he', act: askThere('Can I bring back shoes?') },
  'kiosk-polish': { ...KIOSK, query: 'language=pl', act: askThere('Where is my order HO-104106?') },
  'kiosk-turkish-dark': { ...KIOSK, query: 'language=tr', colorScheme: 'dark', act: askThere('Where is the moon?') },
  'visitors': { ...STAFF, act: openTicket },
  'visitors-arabic-dark': { ...STAFF, query: 'language=ar', colorScheme: 'dark', act: openTicket },
  'talks': { ...STAFF, act: openTalk },
  'talks-dark': { ...STAFF, colorScheme: 'dark', act: openTalk },
  'talks-arabic': { ...STAFF, query: 'language=ar', act: openTalk },
  'talks-narrow': { ...STAFF, width: 420, act: openTalk, tall: true },
  'talks-erase': { ...STAFF, act: async (page) => { await openTalk(page); await page.click('.section-head .choices .button:last-child') } },
  'insights': { ...STAFF, act: openInsights, tall: true },
  'insights-dark': { ...STAFF, colorScheme: 'dark', act: openInsights, tall: true },
  'insights-arabic': { ...STAFF, query: 'language=ar', act: openInsights, tall: true },
  'insights-narrow': { ...STAFF, width: 420, act: openInsights, tall: true },
  'insights-empty': { ...STAFF, query: 'empty', act: go('insights') },
  'insights-paper': { ...STAFF, width: 720, height: 1100, paper: true, act: openInsights, tall: true },
  'staff-preparing': { ...STAFF, query: 'preparing=9' },
  'staff-long-name': { ...STAFF, query: `name=${'Long name '.repeat(30)}` },
  'kiosk-attract': KIOSK,
  'kiosk-attract-wide': WIDE,
  'kiosk-attract-small-dark': { ...SMALL, colorScheme: 'dark' },
  'kiosk-attract-arabic': { ...SMALL, query: 'language=ar' },
  'kiosk-long-name': { ...KIOSK, query: `name=${'Unbroken'.repeat(37)}` },
  'kiosk-welcome': { ...KIOSK, act: wake },
  'kiosk-welcome-wide': { ...WIDE, act: wake },
  'kiosk-welcome-low': { ...WIDE, query: 'low-reach', act: wake },
  'kiosk-keys': { ...KIOSK, act: openKeys },
  'kiosk-keys-small': { ...SMALL, act: openKeys },
  'kiosk-keys-wide-arabic': { ...WIDE, query: 'language=ar', act: openKeys },
  'kiosk-keys-largest': { ...SMALL, act: async (page) => { await wake(page); await page.click('.largest'); await page.focus('#question') } },
  'kiosk-answer': { ...KIOSK, act: askThere('Can I bring back shoes?') },
  'kiosk-answer-wide': { ...WIDE, act: askThere('Can I bring back shoes?') },
  'kiosk-answer-small-contrast': { ...SMALL, act: async (page) => { await askThere('Tell me about the workshop')(page); await page.click('#contrast') } },
  'kiosk-answer-contrast-dark': { ...KIOSK, colorScheme: 'dark', act: async (page) => { await askThere('Can I bring back shoes?')(page); await page.click('#contrast') } },
  'kiosk-source': { ...KIOSK, act: async (page) => { await wake(page); await openSource(page) } },
  'kiosk-arabic-dark': { ...KIOSK, query: 'language=ar', colorScheme: 'dark', act: askThere('Can I bring back shoes?') },
  'kiosk-order-digits': { ...SMALL, act: async (page) => { await askThere('Where is my order?')(page); await page.focus('[name=number]') } },
  'kiosk-order-arabic': { ...KIOSK, query: 'language=ar', act: async (page) => { await wake(page); await openOrder(page) } },
  'kiosk-refused-largest': { ...KIOSK, act: async (page) => { await wake(page); await page.click('.largest'); await ask('Where is the moon?')(page) } },
  'kiosk-take-along': { ...SMALL, act: async (page) => { await askThere('Tell me about the workshop')(page); await page.click('.actions .button:last-of-type'); await page.waitForSelector('svg[role=img]') } },
  'kiosk-person': { ...KIOSK, act: async (page) => { await wake(page); await page.click('#person') } },
  'kiosk-person-called': { ...SMALL, act: async (page) => { await wake(page); await page.click('#person'); await page.click('#call-person'); await page.waitForSelector('#ticket') } },
  'kiosk-languages': { ...SMALL, act: async (page) => { await wake(page); await page.click('#language') } },
  'kiosk-still-there': { ...SMALL, query: 'idle=1', act: async (page) => { await wake(page); await page.waitForSelector('#still-title') } },
  'kiosk-calm': { ...SMALL, act: async (page) => { for (let n = 0; n < 27; n++) await page.keyboard.press('F7') } },
  'kiosk-way-out': { ...SMALL, act: async (page) => { for (let n = 0; n < 5; n++) await page.mouse.click(20, 20) } },
  'kiosk-closed': { ...SMALL, act: async (page) => { for (let n = 0; n < 5; n++) await page.mouse.click(20, 20); await page.keyboard.type('246810'); await page.keyboard.press('Enter'); await page.waitForSelector('#closed-title') } },
  'kiosk-demo': { ...WIDE, query: 'demo', act: async (page) => { await page.click('#tour-next'); await page.waitForSelector('[data-phase=finished]') } },
}

for (const [name, shot] of Object.entries(SHOTS)) {
  if (wanted && !name.includes(wanted)) continue
  const context = await browser.newContext({
    viewport: { width: shot.width, height: shot.height },
    colorScheme: shot.colorScheme ?? 'light',
    contrast: shot.contrast ?? 'no-preference',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && console.log(name, message.text()))
  page.on('pageerror', (error) => console.log(name, error.message))
  await page.goto(`http://localhost:4174/${shot.page}?fake&${shot.query ?? 'pause=1'}`)
  if (shot.text) await page.evaluate((size) => (document.documentElement.style.fontSize = size), shot.text)
  await page.waitForSelector(shot.wait ?? (shot.page === KIOSK.page ? '.topics .button' : '.suggestions .button'))
  await shot.act?.(page)
  await page.waitForTimeout(250)
  if (shot.paper) await page.pdf({ path: `${FOLDER}/${name}.pdf`, format: 'A4' })
  if (shot.paper) {
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  }
  if (shot.tall) {
    // The page scrolls inside; make the window as tall as its content.
    const height = await page.evaluate(() => Math.max(document.querySelector('main')?.scrollHeight ?? 800, document.documentElement.scrollHeight))
    await page.setViewportSize({ width: shot.width, height: Math.max(shot.height, height + 120) })
  }
  await page.screenshot({ path: `${FOLDER}/${name}.png` })
  await context.close()
}
await browser.close()
await server.close()
console.log(`pictures are in ui/${FOLDER}`)
