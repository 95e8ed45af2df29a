// Colours as people see them: OKLCH to and from what a screen shows, and the WCAG contrast of two of them.

/** Lightness from 0 to 1, colourfulness from 0, hue in degrees. */
export type Oklch = { l: number; c: number; h: number }
type Triple = [number, number, number]

/** Reads `#rrggbb`; `null` for anything else. */
export function fromHex(text: string): Oklch | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim())
  if (!found) return null
  const [red, green, blue] = found.slice(1).map((part) => linear(parseInt(part, 16) / 255)) as Triple
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  return { l: lightness, c: Math.hypot(a, b), h: (Math.atan2(b, a) * 180) / Math.PI }
}

/** Reads `oklch(0.981 0.007 85)`, the way the tokens are written; a build may write `oklch(98.1% .007 85)`. */
export function fromToken(text: string): Oklch | null {
  const found = /^oklch\(\s*([\d.]+)(%?)\s+([\d.]+)\s+(-?[\d.]+)(?:deg)?\s*\)$/.exec(text.trim())
  if (!found) return null
  const l = Number(found[1]) / (found[2] ? 100 : 1)
  return { l, c: Number(found[3]), h: Number(found[4]) }
}

/** As the tokens are written. */
export function toToken({ l, c, h }: Oklch): string {
  return `oklch(${short(l)} ${short(c)} ${short((h + 360) % 360)})`
}

/** The same lightness and hue, with as much colour as a usual screen can show. */
export function intoGamut(colour: Oklch): Oklch {
  if (isShowable(colour)) return colour
  let [low, high] = [0, colour.c]
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2
    if (isShowable({ ...colour, c: middle })) low = middle
    else high = middle
  }
  return { ...colour, c: low }
}

/** The WCAG contrast of two colours, from 1 to 21. */
export function contrast(one: Oklch, other: Oklch): number {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (bright + 0.05) / (dark + 0.05)
}

function luminance(colour: Oklch): number {
  const [red, green, blue] = linearRgb(colour).map((part) => Math.min(1, Math.max(0, part))) as Triple
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function isShowable(colour: Oklch): boolean {
  return linearRgb(colour).every((part) => part >= -0.0001 && part <= 1.0001)
}

function linearRgb({ l, c, h }: Oklch): Triple {
  const radians = (h * Math.PI) / 180
  const [a, b] = [c * Math.cos(radians), c * Math.sin(radians)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const brief = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * brief,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * brief,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * brief,
  ]
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function short(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
