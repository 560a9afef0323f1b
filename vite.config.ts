import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The renderer's build. `--mode harness` builds the development harness instead (renderer/dev: the screens
 * with canned data and no main process); it is never part of the application.
 */
export default defineConfig(({ mode }) => {
  const harness = mode === 'harness';
  return {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: harness ? '../node_modules/.cache/harness' : '../dist/renderer',
      emptyOutDir: true,
      // The oldest supported runtime is Electron 33.
      target: 'chrome130',
      // The content security policy forbids inline scripts and data: fonts; every asset is a file.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      sourcemap: harness,
      // Read from the disk of this computer: one file is as quick as many.
      chunkSizeWarningLimit: 1_500,
      rollupOptions: { input: harness ? 'renderer/dev/harness.html' : 'renderer/index.html' },
    },
  };
});
