/** How the app is built and served while it is written. The finished files are compressed afterwards by `scripts/seal.mjs`. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': process.env.KIZASHI_URL ?? 'http://127.0.0.1:7373' } },
  // Fonts and pictures stay files: the content security policy allows no other origin, and `data:` only for images.
  build: { manifest: true, target: 'es2023', assetsInlineLimit: 0, reportCompressedSize: false },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
})
