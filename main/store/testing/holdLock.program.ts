import { silentLogger } from '../../base/logger';
import { acquireInstanceLock } from '../instanceLock';

/** Arguments: data folder, worker script. Prints `held`, or the kind and message of the refusal, and stays. */
async function main([dataDir = '', workerPath = '']: readonly string[]): Promise<void> {
  try {
    await acquireInstanceLock({ dataDir, workerPath, log: silentLogger() });
    process.stdout.write('held\n');
  } catch (error) {
    process.stdout.write(`${JSON.stringify(error)} ${String(error)}\n`);
  }
}

void main(process.argv.slice(2));
