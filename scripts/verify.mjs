// @ts-check
// Says of each file of an evidence package whether it is unaltered: npm run verify -- FOLDER
import { resolve } from 'node:path';
import { loadTs } from './lib/loadTs.mjs';

const { verifyFolder } = await loadTs('scripts/verify.ts');
const [folder] = process.argv.slice(2);
process.exitCode = await verifyFolder(folder === undefined ? undefined : resolve(folder));
