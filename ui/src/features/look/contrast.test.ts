// Whatever colour a shop has, its letters and buttons can be read in every theme.
import { readFileSync } from 'node:fs'
import { beforeEach, expect, it } from 'vitest'
import { applyLook } from './apply-look'
import { brandOn, brandTokens, groundOf, isCorrected } from './contrast'
import { contrast, fromHex, fromToken, toToken } from './oklch'
import { THEMES, type ThemeName } from './themes'

const COLOURS = ['#000000', '#ffffff', '#808080', '#ff0000', '#00ff00', '#0000ff', '#ffff00', '#ff00ff', '#00ffff', '#c8102e', '#004d40', '#f5a623', '#b0e0e6', '#7f5af0', '#3a2a12']
const NAMES = Object.keys(THEMES) as ThemeName[]

function groundIn(name: ThemeName) {
  const { surface, sunken, raised } = THEMES[name]
  return groundOf([surface, sunken, raised], name.endsWith('More'))
}

it.each(NAMES)('every brand is legible in the theme %s', (name) => {
  const ground = groundIn(name)
  const ink = fromToken(THEMES[name].ink)!
  const soft = fromToken(THEMES[name].inkSoft)!
  for (const colour of COLOURS) {
    // What is measured is what is written: tokens are rounded.
    const tokens = brandTokens(brandOn(colour, ground)!)
    const [brand, strong, letters, wash] = ['--brand', '--brand-strong', '--brand-ink', '--brand-wash'].map((token) => fromToken(tokens[token]!)!) as [never, never, never, never]
    for (const surface of [...ground.surfaces, wash]) expect(contrast(brand, surface), `${colour} on ${toToken(surface)}`).toBeGreaterThanOrEqual(ground.needed)
    expect(contrast(letters, brand), `letters on ${colour}`).toBeGreaterThanOrEqual(ground.needed)
    expect(contrast(letters, strong), `letters on the pressed ${colour}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ink, wash), `ink on the wash of ${colour}`).toBeGreaterThanOrEqual(7)
    expect(contrast(soft, wash), `soft ink on the wash of ${colour}`).toBeGreaterThanOrEqual(4.5)
  }
})

it('a colour that can be read already stays as it is', () => {
  expect(isCorrected('#004d40', groundIn('light'))).toBe(false)
  expect(isCorrected('#f5a623', groundIn('light'))).toBe(true)
  expect(isCorrected('#f5a623', groundIn('dark'))).toBe(false)
  const { brand } = brandOn('#004d40', groundIn('light'))!
  expect(brand.l).toBeCloseTo(fromHex('#004d40')!.l, 3)
})

it('a corrected colour keeps its hue', () => {
  for (const name of NAMES) expect(brandOn('#c8102e', groundIn(name))!.brand.h).toBeCloseTo(fromHex('#c8102e')!.h, 3)
})

it.each(['', 'red', '#12', '#12345g', 'url(x)', '#1234567', '#ffffff;--surface:red'])('%s is no colour', (text) => {
  expect(brandOn(text, groundIn('light'))).toBeNull()
})

it('a token is read however a build writes it', () => {
  for (const text of ['oklch(0.981 0.007 85)', 'oklch(98.1% .007 85)', ' oklch(.981 .007 85deg) ']) {
    expect(fromToken(text)?.l).toBeCloseTo(0.981)
    expect(fromToken(text)?.h).toBe(85)
  }
  expect(fromToken('red')).toBeNull()
})

it('contrast is the one of the standard', () => {
  expect(contrast(fromHex('#000000')!, fromHex('#ffffff')!)).toBeCloseTo(21, 1)
  expect(contrast(fromHex('#777777')!, fromHex('#ffffff')!)).toBeCloseTo(4.48, 2)
  expect(contrast(fromHex('#ff0000')!, fromHex('#ffffff')!)).toBeCloseTo(4, 1)
})

it('the previews show the grounds that the themes really have', () => {
  const tokens = ['tokens', 'contrast'].map((name) => readFileSync(`src/styles/${name}.css`, 'utf8')).join('')
  const written = (name: string, value: string) => tokens.includes(`--${name}: ${value}`)
  for (const name of NAMES) {
    const { lineStrong, inkSoft, ...rest } = THEMES[name]
    for (const [token, value] of Object.entries({ ...rest, 'line-strong': lineStrong, 'ink-soft': inkSoft })) {
      expect(written(token, value), `${name} ${token}`).toBe(true)
    }
  }
})

// The module remembers the colour between two calls, as a page does.
beforeEach(() => applyLook({ colour: '' }))

it('the page takes the colour on, and gives it back', () => {
  const root = document.documentElement
  for (const name of ['surface', 'sunken', 'raised'] as const) root.style.setProperty(`--${name}`, THEMES.light[name])
  applyLook({ colour: '#c8102e' })
  expect(root.style.getPropertyValue('--brand')).toMatch(/^oklch\(/)
  expect(root.style.getPropertyValue('--brand-ink')).toMatch(/^oklch\(0.99/)
  applyLook({ colour: 'expression(alert(1))' })
  expect(root.style.getPropertyValue('--brand')).toBe('')
  applyLook({ colour: '#c8102e' })
  applyLook({ colour: '' })
  expect(root.style.getPropertyValue('--brand')).toBe('')
})
