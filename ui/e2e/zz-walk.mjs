import { preview } from 'vite'
import { launchChromium } from './chromium.mjs'
const OUT='/tmp/staffui-shots'
const server = await preview({ build: { outDir: 'test-results/fake' }, preview: { port: 4191, strictPort: true } })
const browser = await launchChromium()
const [,, set='light', only=''] = process.argv
const SETS = { light:{}, dark:{colorScheme:'dark'}, contrast:{contrast:'more'}, de:{query:'language=de'}, ar:{query:'language=ar'}, wide:{w:1920,h:1080}, tall:{w:1080,h:1920}, empty:{query:'empty'}, expert:{expert:true} }
const s = SETS[set]
const TABS = { home:[''], try:[''], knowledge:['answers','documents','facts','bench','gaps','versions'], orders:[''], visitors:['waiting','talks'], insights:[''], look:[''], kiosk:['screen','lock'], privacy:[''], computer:['computer','models','plan','about'] }
const ctx = await browser.newContext({ viewport:{width:s.w??1280,height:s.h??800}, colorScheme:s.colorScheme??'light', contrast:s.contrast??'no-preference', reducedMotion:'reduce', locale:'en-GB' })
const page = await ctx.newPage()
page.on('console', m => m.type()==='error' && console.log(m.text()))
page.on('pageerror', e => console.log('ERR', e.message))
await page.goto(`http://localhost:4191/index.html?fake&pause=1&${s.query??''}`)
await page.waitForSelector('#question')
if (s.expert) await page.click('#expert')
for (const [place,tabs] of Object.entries(TABS)) {
  if (only && !only.split(',').includes(place)) continue
  await page.setViewportSize({width:s.w??1280,height:s.h??800})
  await page.click(`#place-${place}`)
  await page.waitForTimeout(250)
  for (const tab of tabs) {
    if (tab) await page.click(`#tab-${tab}`)
    await page.waitForTimeout(350)
    const main = await page.evaluate(() => document.querySelector('main').scrollHeight)
    const h = Math.min(2600, Math.max(s.h??800, main+10))
    await page.setViewportSize({width:s.w??1280,height:h})
    await page.waitForTimeout(120)
    await page.screenshot({ path:`${OUT}/${set}-${place}${tab?'-'+tab:''}.png` })
    await page.setViewportSize({width:s.w??1280,height:s.h??800})
  }
}
await browser.close(); await server.close()
