// @ts-check
// better-sqlite3's prebuilds need Node-API 10; an older runtime crashes in them. Where Node or Electron is
// older, the package is compiled from its own sources without the functions that came with version 10.
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inScratch, publish } from './cache.mjs';
import { BootstrapError, timed } from './log.mjs';
import { nodeGypArguments } from './node-headers.mjs';
import { inCache, inRoot, nodeModules } from './paths.mjs';
import { capture, mustRun } from './process.mjs';
import { lockedVersion } from './versions.mjs';

const prebuiltNeeds = 10;
const target = join(nodeModules, 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
const cached = () =>
  inCache(
    'better-sqlite3',
    `${lockedVersion('better-sqlite3')}-${process.platform}-${process.arch}`,
    'better_sqlite3.node',
  );

/** @param {number} electronNapi */
const prebuiltWorks = (electronNapi) =>
  Math.min(Number(process.versions.napi), electronNapi) >= prebuiltNeeds;

/** Before Electron is chosen: would a compiler be needed? @param {number} electronNapi */
export const mustCompileSqlite = (electronNapi) => !prebuiltWorks(electronNapi) && !existsSync(cached());

/**
 * @param {{napi: number, executable: string}} electron
 */
export function findSqlite(electron) {
  const version = lockedVersion('better-sqlite3');
  if (prebuiltWorks(electron.napi))
    return { version, path: join(nodeModules, 'better-sqlite3'), source: 'prebuilt in the package' };
  return existsSync(target)
    ? {
        version,
        path: target,
        source: `compiled for Node-API ${Math.min(Number(process.versions.napi), electron.napi)}`,
      }
    : undefined;
}

/** @param {{napi: number, executable: string}} electron */
export async function makeSqlite(electron) {
  if (!prebuiltWorks(electron.napi)) {
    if (!existsSync(cached())) await timed('compiling better-sqlite3', compile);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true }); // a running process keeps the old file; writing into it would crash that process
    copyFileSync(cached(), target);
  }
  await verify(process.execPath, process.env);
  await verify(electron.executable, { ...process.env, ELECTRON_RUN_AS_NODE: '1' });
  const found = findSqlite(electron);
  if (!found) throw new BootstrapError('better-sqlite3 was compiled but is not in its place');
  return found;
}

async function compile() {
  const gypArguments = await nodeGypArguments();
  await inScratch('better-sqlite3', async (scratch) => {
    const source = join(scratch, 'better-sqlite3');
    cpSync(join(nodeModules, 'better-sqlite3'), source, {
      recursive: true,
      filter: (path) => !/better-sqlite3\/(build|prebuilds)(\/|$)/.test(path),
    });
    await mustRun(
      process.execPath,
      [
        inRoot('node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
        'rebuild',
        '--release',
        '--force_build=1',
        ...gypArguments,
      ],
      {
        cwd: source,
        env: {
          ...process.env,
          NODE_PATH: nodeModules, // binding.gyp asks Node where node-addon-api is
          // Without Node-API 10's symbols; the "nogc" types are a compile-time check only.
          CXXFLAGS:
            '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT -DNODE_API_EXPERIMENTAL_NO_WARNING',
        },
      },
    );
    mkdirSync(join(scratch, 'out'));
    copyFileSync(
      join(source, 'build', 'Release', 'better_sqlite3.node'),
      join(scratch, 'out', 'better_sqlite3.node'),
    );
    publish(join(scratch, 'out'), dirname(cached()));
  });
}

/** A wrong binary ends the process that loads it, hence a child. @param {string} runtime @param {NodeJS.ProcessEnv} env */
async function verify(runtime, env) {
  const program =
    "const d = new (require('better-sqlite3'))(':memory:'); if (d.prepare('select 1 + 1 as two').get().two !== 2) process.exit(3)";
  const { code, output } = await capture(runtime, ['-e', program], { cwd: inRoot(), env, timeoutMs: 30_000 });
  if (code !== 0)
    throw new BootstrapError(`better-sqlite3 does not work in ${runtime} (exit code ${code})\n${output}`);
}
