// @ts-check
// npm run check-archive -- [--data DIR] [--repair] [--hash] [--json]: proves the invariants of docs/archive.md.
// Exit code 0: nothing is wrong (any more); 1: something is; 2: it cannot be checked; 3: the application runs.
import { inRoot } from '../bootstrap/paths.mjs';
import { loadTs } from '../lib/loadTs.mjs';

const { checkArchiveCommand } = await loadTs('scripts/archive/checkArchive.ts');
process.exitCode = await checkArchiveCommand(process.argv.slice(2), {
  workersDir: inRoot('dist/workers'),
  print: (/** @type {string} */ line) => console.log(line),
});
