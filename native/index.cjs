// Finds and loads the compiled addon. Types are in index.d.ts.
const { existsSync } = require('node:fs');
const path = require('node:path');

const candidates = [
  process.env.VAS_NATIVE,
  // In a packaged application.
  process.resourcesPath && path.join(process.resourcesPath, 'native', 'vas_native.node'),
  path.join(__dirname, 'build', 'Release', 'vas_native.node'),
  // Bundled into dist/main or dist/workers.
  path.join(__dirname, '..', '..', 'native', 'build', 'Release', 'vas_native.node'),
].filter(Boolean);

const file = candidates.find((candidate) => existsSync(candidate));
if (!file) {
  throw new Error(
    `The native addon is missing; \`npm run doctor\` says why. Looked in:\n  ${candidates.join('\n  ')}`,
  );
}
module.exports = require(file);
