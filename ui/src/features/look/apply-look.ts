// Puts the shop's colour on the page, and keeps it legible when the theme changes.
import type { LookFace } from '../../bindings/wire'
import { brandOn, brandTokens, groundOf } from './contrast'

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
  const ground = groundOf(SURFACES.map((name) => style.getPropertyValue(name)), isHighContrast)
  const brand = ground.surfaces.length ? brandOn(colour, ground) : null
  const tokens = brand ? brandTokens(brand) : {}
  for (const name of TOKENS) {
    const value = tokens[name]
    if (value) root.style.setProperty(name, value)
    else root.style.removeProperty(name)
  }
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
