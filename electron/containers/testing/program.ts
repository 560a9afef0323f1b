// An Electron main process of its own for e2e/containers.spec.ts: the product's containers with the product's
// launcher, driven by the test through `globalThis`.
import path from 'node:path';
import { app } from 'electron';
import { createUtilityLauncher } from '../utilityLauncher';
import { systemClock } from '../../../main/base/clock';
import { silentLogger } from '../../../main/base/logger';
import { createModelContainers } from '../../../main/containers/containers';

const folder = process.env['VAS_TEST_FOLDER'] ?? '';
app.setPath('userData', path.join(folder, 'browser'));
app.on('window-all-closed', () => undefined);

void app.whenReady().then(async () => {
  const containers = await createModelContainers({
    roots: [{ origin: 'imported', folder: path.join(folder, 'models') }],
    dataDir: folder,
    exportDir: path.join(folder, 'shm'),
    launcher: createUtilityLauncher(process.env['VAS_TEST_ENTRY'] ?? ''),
    clock: systemClock,
    log: silentLogger(),
  });
  Object.assign(globalThis, { containers });
});
