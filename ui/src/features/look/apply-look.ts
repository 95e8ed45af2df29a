// Puts the shop's colour on the page, and keeps it legible when the theme changes.
import type { LookFace } from '../../bindings/wire'
import { brandOn, brandTokens } from './contrast'
import { fromHex, fromToken, type Oklch } from './oklch'

const TOKENS = ['--brand', '--brand-strong', '--brand-ink', '--brand-wash']
const SURFACES = ['--surface', '--sunken', '--raised']
let colour = ''
let isListening = false

/** Shows the page in the shop's colour; without one in the desk's own. Call it again whenever it may have changed. */
export function applyLook(look: Pick<LookFace, 'colour'>): void {
  if (look.colour === colour && isListening) return
  colour = look.colour
  listen()
  paint()
}

function paint(): void {
  const root = document.documentElement
  const style = getComputedStyle(root)
  const isHighContrast = matches('(prefers-contrast: more)') || root.dataset['contrast'] === 'more'
  const surfaces = SURFACES.map((name) => seen(style.getPropertyValue(name).trim())).filter((surface) => surface !== null)
  const ground = { surfaces, needed: isHighContrast ? 7 : 4.5 }
  const brand = ground.surfaces.length ? brandOn(colour, ground) : null
  const tokens = brand ? brandTokens(brand) : {}
  for (const name of TOKENS) {
    const value = tokens[name]
    if (value) root.style.setProperty(name, value)
    else root.style.removeProperty(name)
  }
}

/** A token as a build wrote it: in OKLCH, in hexadecimal, or in whatever a canvas understands. */
function seen(colour: string): Oklch | null {
  return fromToken(colour) ?? fromHex(colour) ?? drawn(colour)
}

function drawn(colour: string): Oklch | null {
  if (!colour || !globalThis.CSS?.supports('color', colour)) return null
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  const dots = [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  return fromHex(`#${dots.map((dot) => dot.toString(16).padStart(2, '0')).join('')}`)
}

/** Every theme has its own grounds. */
function listen(): void {
  if (isListening) return
  isListening = true
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
    globalThis.matchMedia?.(query).addEventListener('change', paint)
  }
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast', 'class'] })
}

function matches(query: string): boolean {
  return globalThis.matchMedia?.(query).matches ?? false
}
