// An Electron main process of its own for the suite `infer` (scripts/bench): the product's frame export, core,
// containers and events without cameras and windows. Writes what it measured to a file and ends.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { measureOverhead } from './overhead';
import { measureRate } from './rate';
import type { Setup } from './world';

const setup = JSON.parse(process.env['VAS_BENCH_INFER'] ?? '{}') as Setup;
app.setPath('userData', path.join(setup.folder, 'browser'));
app.on('window-all-closed', () => undefined);

async function measure(): Promise<unknown> {
  return {
    spread: await measureOverhead(setup, false),
    inPhase: await measureOverhead(setup, true),
    rate: await measureRate(setup),
  };
}

void app
  .whenReady()
  .then(measure)
  .then(
    (figures) => writeFileSync(path.join(setup.folder, 'figures.json'), JSON.stringify(figures)),
    (error: unknown) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  )
  .finally(() => app.exit(0));
