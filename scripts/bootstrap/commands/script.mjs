// @ts-check
// Commands that are programs of their own in scripts/.
import { existsSync } from 'node:fs';
import { foreground } from '../foreground.mjs';
import { BootstrapError } from '../log.mjs';
import { inRoot } from '../paths.mjs';

/** @param {string} path @returns {(context: import('./index.mjs').Context) => Promise<number>} */
export const script =
  (path) =>
  async ({ env, args }) => {
    if (!existsSync(inRoot(path))) throw new BootstrapError(`${path} does not exist`);
    return foreground(process.execPath, [inRoot(path), ...args], env);
  };
