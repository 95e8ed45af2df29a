// Ships the words of the other languages without their keys, in the order of the English ones: every key once instead of
// in each language keeps the pages small.
import { fileURLToPath } from 'node:url'
import { runnerImport, type Plugin } from 'vite'

const WORDS = fileURLToPath(new URL('src/i18n/', import.meta.url))
const IN_ORDER = `${WORDS}in-order.ts`

type Words = Record<string, unknown>

async function wordsOf(path: string, name: string): Promise<Words> {
  const { module } = await runnerImport<Record<string, Words>>(path, { configFile: false, logLevel: 'silent' })
  const words = module[name]
  if (!words) throw new Error(`${path} does not say its words as \`${name}\``)
  return words
}

export function wordsInOrder(): Plugin {
  return {
    name: 'words-in-order',
    apply: 'build',
    async load(path) {
      if (!path.startsWith(WORDS)) return null
      const [, language, name] = /^(\w+)\/(staff|visitor)\.ts$/.exec(path.slice(WORDS.length)) ?? []
      if (!language || !name || language === 'en') return null
      const english = await wordsOf(`${WORDS}en/${name}.ts`, name)
      const own = await wordsOf(path, name)
      const unknown = Object.keys(own).find((key) => !(key in english))
      if (unknown) throw new Error(`${path} says \`${unknown}\`, which English does not know`)
      const inOrder = JSON.stringify(Object.keys(english).map((key) => own[key] ?? null))
      return `import { withKeys } from ${JSON.stringify(IN_ORDER)}
import { ${name} as english } from '../en/${name}'
export const ${name} = withKeys(english, ${inOrder})`
    },
  }
}
