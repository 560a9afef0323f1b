import { silentLogger } from '../../base/logger';
import { openStore } from '../store';
import type { NewDevice, SegmentRow } from '../types';

/**
 * Arguments: data folder, worker script, device and segment as JSON. Inserts segments one after the other and
 * prints the end of each when its insertion was acknowledged.
 */
async function main([
  dataDir = '',
  workerPath = '',
  device = '',
  segment = '',
]: readonly string[]): Promise<void> {
  const store = await openStore({
    dataDir,
    workerPath,
    log: silentLogger(),
    userName: 'alex',
    now: () => 1_800_000_000_000_000,
  });
  await store.write.createDevice(JSON.parse(device) as NewDevice);
  const template = JSON.parse(segment) as SegmentRow;
  for (let n = 0; ; n++) {
    const id = `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
    const startUs = template.startUs + n * 1_000_000;
    await store.write.insertSegment({ ...template, id, path: id, startUs, endUs: startUs + 1_000_000 });
    process.stdout.write(`${n + 1}\n`);
  }
}

void main(process.argv.slice(2));
