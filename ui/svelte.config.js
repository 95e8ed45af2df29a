import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

// A component's name in its styles is told from the others by five characters; more would only weigh.
const cssHash = ({ hash, css }) => `s${hash(css).slice(0, 5)}`

export default { preprocess: vitePreprocess(), compilerOptions: { runes: true, cssHash } }
