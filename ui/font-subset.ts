// Leaves out of the shipped fonts every letter that the style sheet does not give to them, so that the pages stay small.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const STYLES = fileURLToPath(new URL('src/styles/fonts.css', import.meta.url))

/** The letters of each font file, by the file's name. */
function lettersByFile(css: string): Map<string, string> {
  const rules = [...css.matchAll(/url\('([^']+\.woff2)'\)[^}]*?unicode-range:([^;]+);/g)]
  return new Map(rules.map(([, path = '', ranges = '']) => [basename(path, '.woff2'), lettersOf(ranges)]))
}

function lettersOf(ranges: string): string {
  const codes = [...ranges.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].flatMap(([, first = '', last = first]) => {
    const from = parseInt(first, 16)
    return Array.from({ length: parseInt(last, 16) - from + 1 }, (_, step) => from + step)
  })
  return String.fromCodePoint(...codes)
}

export function fontSubset(): Plugin {
  return {
    name: 'font-subset',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const { default: subsetFont } = await import('subset-font')
      const letters = lettersByFile(readFileSync(STYLES, 'utf8'))
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.woff2')) continue
        const wanted = letters.get(basename(asset.names[0] ?? '', '.woff2'))
        if (!wanted) throw new Error(`fonts.css does not say which letters ${asset.fileName} is for`)
        asset.source = await subsetFont(Buffer.from(asset.source), wanted, { targetFormat: 'woff2' })
      }
    },
  }
}
