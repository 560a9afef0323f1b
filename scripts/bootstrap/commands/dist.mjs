// @ts-check
// npm run dist: the unpacked application and, where this machine can, its packages.
//   --dir            only the unpacked application
//   --twin           also release/test-twin, the same files with the inspector's fuse on, for Playwright
//   --app-version=V  instead of package.json's version
//   --output=FOLDER  instead of release/
// Everything else is handed to electron-builder.
import { parseArgs } from 'node:util';
import { BootstrapError } from '../log.mjs';

/** @param {import('./index.mjs').Context} context */
export async function dist({ runtime, env, args }) {
  const { values, tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: {
      dir: { type: 'boolean', default: false },
      twin: { type: 'boolean', default: false },
      'app-version': { type: 'string' },
      output: { type: 'string' },
    },
  });
  const own = new Set(['dir', 'twin', 'app-version', 'output']);
  const rest = tokens.filter((token) => token.kind !== 'option' || !own.has(token.name));
  const version = /** @type {string | undefined} */ (values['app-version']);
  if (version !== undefined && !/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version))
    throw new BootstrapError(`--app-version is like 1.2.3 or 1.2.3-rc.1, not '${version}'`);
  // Loaded late: these need node_modules, which the bootstrap has made by now.
  const { build } = await import('../../package/build.mjs');
  return build({
    runtime,
    env,
    version,
    folderOnly: values.dir === true,
    twin: values.twin === true,
    output: /** @type {string | undefined} */ (values.output),
    more: rest.map((token) => args[token.index] ?? ''),
  });
}
