// Two pages, one build: `index.html` for staff, `kiosk.html` for visitors.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'
import { fontSubset } from './font-subset.ts'
import { wordsInOrder } from './words-in-order.ts'

// The same policy the window and the node send, so that a preview breaks where they would.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export default defineConfig({
  plugins: [svelte(), svelteTesting(), fontSubset(), wordsInOrder()],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  preview: { headers: { 'content-security-policy': contentSecurityPolicy } },
  build: {
    // WebKitGTK of Debian 12, WebView2 and macOS 13.
    target: ['es2022', 'safari16.4', 'chrome111'],
    // Inlined data would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'kiosk.html'] },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 90_000,
  },
})
