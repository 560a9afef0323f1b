// @ts-check
// node scripts/bench/visitor.mjs DATA_DIR URL: operates a running application and lets go of it, so that no
// debugger is attached while it is measured.
import { loadTs } from '../lib/loadTs.mjs';

const { addUnwatchedCamera } = await loadTs('scripts/bench/lib/visit.ts');
await addUnwatchedCamera(...process.argv.slice(2));
process.exit(0);
