// @ts-check
// Says of each file of an evidence package whether it is unaltered: npm run verify -- FOLDER (or FILE.tar.age)
import { resolve } from 'node:path';
import { loadTs } from './lib/loadTs.mjs';

const { verify } = await loadTs('scripts/verify.ts');
const [at] = process.argv.slice(2);
process.exitCode = await verify(at === undefined ? undefined : resolve(at));
