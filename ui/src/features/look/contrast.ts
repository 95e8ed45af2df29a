// The shop's colour, corrected so that it can be read on every ground it stands on: a pure function.
import { contrast, fromHex, fromToken, intoGamut, toToken, type Oklch } from './oklch'

/** What the colour stands on. */
export type Ground = {
  /** The page, sunken and raised parts. */
  surfaces: Oklch[]
  /** The contrast that is promised: 4.5, or 7 in high contrast. */
  needed: number
}

/** The four colours that a brand has in one theme. */
export type Brand = { brand: Oklch; strong: Oklch; ink: Oklch; wash: Oklch }

/** A little more than promised, because tokens are rounded. */
const MARGIN = 0.03
const STEPS = 24

/** The brand's colours on a ground; `null` when the colour is none. */
export function brandOn(colour: string, ground: Ground): Brand | null {
  const wanted = fromHex(colour)
  if (!wanted) return null
  const isDark = ground.surfaces.every((surface) => surface.l < 0.5)
  const wash = isDark
    ? { l: 0.315, c: Math.min(0.038, wanted.c * 0.4), h: wanted.h }
    : { l: 0.945, c: Math.min(0.02, wanted.c * 0.25), h: wanted.h }
  const grounds = [...ground.surfaces, wash]
  const brand = legible(wanted, grounds, ground.needed + MARGIN, isDark)
  const strong = intoGamut({ ...brand, l: isDark ? Math.min(0.97, brand.l + 0.065) : Math.max(0.08, brand.l - 0.065) })
  return { brand, strong, ink: inkOn(brand), wash }
}

/** The brand's colours by the names of their tokens. */
export function brandTokens({ brand, strong, ink, wash }: Brand): Record<string, string> {
  return { '--brand': toToken(brand), '--brand-strong': toToken(strong), '--brand-ink': toToken(ink), '--brand-wash': toToken(wash) }
}

/** Reads surfaces as the tokens write them; those that cannot be read are left out. */
export function groundOf(tokens: string[], isHighContrast: boolean): Ground {
  const surfaces = tokens.map(fromToken).filter((surface) => surface !== null)
  return { surfaces, needed: isHighContrast ? 7 : 4.5 }
}

/** Whether the colour had to be changed so that one sees it. */
export function isCorrected(colour: string, ground: Ground): boolean {
  const [wanted, found] = [fromHex(colour), brandOn(colour, ground)]
  return wanted !== null && found !== null && Math.abs(wanted.l - found.brand.l) > 0.02
}

/** The colour itself where it is legible; else the nearest lighter or darker one of its hue that is. */
function legible(wanted: Oklch, grounds: Oklch[], needed: number, isDark: boolean): Oklch {
  const worst = (colour: Oklch) => Math.min(...grounds.map((ground) => contrast(colour, ground)))
  const shade = (l: number) => intoGamut({ ...wanted, l })
  const isFarther = grounds.every((ground) => (isDark ? wanted.l > ground.l : wanted.l < ground.l))
  if (isFarther && worst(shade(wanted.l)) >= needed) return shade(wanted.l)
  // From the far end, which is always legible, back towards the wish as far as it goes.
  let [good, poor] = isDark ? [0.99, Math.min(wanted.l, 0.99)] : [0.05, Math.max(wanted.l, 0.05)]
  for (let step = 0; step < STEPS; step++) {
    const middle = (good + poor) / 2
    if (worst(shade(middle)) >= needed) good = middle
    else poor = middle
  }
  return shade(good)
}

/** White or black letters, whichever reads better. */
function inkOn(brand: Oklch): Oklch {
  const white = { l: 0.99, c: 0.003, h: brand.h }
  const black = { l: 0.15, c: 0.015, h: brand.h }
  return contrast(white, brand) >= contrast(black, brand) ? white : black
}
