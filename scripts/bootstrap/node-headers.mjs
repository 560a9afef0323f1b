// @ts-check
// Node's C headers for node-gyp: those beside the running Node, else node-gyp's own download, else the ones
// inside the npm package that carries this very release.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inScratch, publish } from './cache.mjs';
import { reachable } from './downloads.mjs';
import { timed } from './log.mjs';
import { fetchPackage } from './npm.mjs';
import { inCache } from './paths.mjs';
import { mustRun } from './process.mjs';

/** @param {string | undefined} prefix */
const hasHeaders = (prefix) =>
  !!prefix &&
  existsSync(join(prefix, 'include', 'node', 'node_api.h')) &&
  existsSync(join(prefix, 'include', 'node', 'common.gypi'));

/** @returns {Promise<string[]>} arguments for node-gyp */
export async function nodeGypArguments() {
  const beside = dirname(dirname(realpathSync(process.execPath)));
  const cached = inCache('node-headers', process.versions.node);
  for (const prefix of [process.env.npm_config_nodedir, beside, cached]) {
    if (hasHeaders(prefix)) return [`--nodedir=${prefix}`];
  }
  if (process.platform !== 'linux') return [];
  if (process.release.headersUrl && (await reachable(process.release.headersUrl))) return [];
  await timed(`fetching the C headers of Node ${process.versions.node} from the npm package`, () =>
    inScratch('node-headers', async (scratch) => {
      const { file } = await fetchPackage(`node-linux-${process.arch}@${process.versions.node}`, scratch);
      await mustRun('tar', ['-xzf', file, '-C', scratch, 'package/include']);
      publish(join(scratch, 'package'), cached);
    }),
  );
  return hasHeaders(cached) ? [`--nodedir=${cached}`] : [];
}
