import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../main/base/clock';
import { messageOf, VasError } from '../../main/base/errors';
import { silentLogger } from '../../main/base/logger';
import { Archive } from '../../main/kernel/recording/archive';
import { inspectArchive } from '../../main/kernel/recording/check/inspect';
import { repairFindings } from '../../main/kernel/recording/check/repair';
import type { ArchiveCheckReport } from '../../main/kernel/recording/check/report';
import { reportOf } from '../../main/kernel/recording/check/report';
import { Deletions } from '../../main/kernel/recording/deletions';
import { StorageFolders } from '../../main/kernel/recording/folders/storageFolders';
import { healIncoming } from '../../main/kernel/recording/heal';
import { defaultRecordingsFolder } from '../../main/kernel/recording/recording';
import { createMediaWorker } from '../../main/kernel/media/mediaWorker';
import { acquireInstanceLock } from '../../main/store/instanceLock';
import { openStore } from '../../main/store/store';
import { openStoreReads } from '../../main/store/storeReads';
import type { Store } from '../../main/store/types';

export const EXIT = { sound: 0, wrong: 1, cannot: 2, inUse: 3 } as const;

const USAGE =
  'npm run check-archive -- [--data DIR] [--repair] [--hash] [--json]\n' +
  '  --data DIR  the data folder (default: the one of this user)\n' +
  '  --repair    mend what can be mended, put aside what cannot be used; the application must be closed\n' +
  '  --hash      read every file and compare its SHA-256\n' +
  '  --json      print the report as JSON';

interface Environment {
  readonly workersDir: string;
  readonly print: (line: string) => void;
}

/** The command `check-archive`. Never throws. @returns exit code, one of `EXIT` */
export async function checkArchiveCommand(
  args: readonly string[],
  environment: Environment,
): Promise<number> {
  const { print } = environment;
  let options: { data?: string; repair: boolean; hash: boolean; json: boolean };
  try {
    const flag = { type: 'boolean', default: false } as const;
    options = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, repair: flag, hash: flag, json: flag },
    }).values;
  } catch (error) {
    print(`${messageOf(error)}\n${USAGE}`);
    return EXIT.cannot;
  }
  const dataDir = path.resolve(options.data ?? ownDataDir());
  if (!existsSync(path.join(dataDir, 'vas.db'))) {
    print(`There is no archive in ${dataDir}. Name its data folder with --data.\n${USAGE}`);
    return EXIT.cannot;
  }
  try {
    const isRunning = await runs(dataDir, environment);
    if (isRunning && options.repair) {
      print('The application is running. Close it first, or check without --repair.');
      return EXIT.inUse;
    }
    const report = await check(dataDir, { ...options, live: isRunning }, environment);
    const isSound = report.open === 0;
    if (options.json) print(JSON.stringify({ data_dir: dataDir, sound: isSound, ...report }, null, 1));
    else printReport(report, options, print);
    return isSound ? EXIT.sound : EXIT.wrong;
  } catch (error) {
    print(`The archive cannot be checked: ${messageOf(error)}`);
    return error instanceof VasError && error.kind === 'conflict' ? EXIT.inUse : EXIT.cannot;
  }
}

/** As electron/paths.ts has it. */
function ownDataDir(): string {
  const chosen = process.env['VAS_DATA_DIR'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const config = process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config');
  return path.join(config, 'VAS Workstation');
}

const storeWorker = ({ workersDir }: Environment) => path.join(workersDir, 'store.worker.cjs');

/** Whether the application has the folder open. The lock is not kept: it would keep recording from starting. */
async function runs(dataDir: string, environment: Environment): Promise<boolean> {
  try {
    const options = { dataDir, workerPath: storeWorker(environment), log: silentLogger() };
    await (await acquireInstanceLock(options)).dispose();
    return false;
  } catch (error) {
    if (error instanceof VasError && error.kind === 'conflict') return true;
    throw error;
  }
}

async function check(
  dataDir: string,
  options: { readonly repair: boolean; readonly hash: boolean; readonly live: boolean },
  environment: Environment,
): Promise<ArchiveCheckReport> {
  const log = silentLogger();
  const worker = createMediaWorker(path.join(environment.workersDir, 'media.worker.cjs'), log, true);
  const open = { dataDir, workerPath: storeWorker(environment), log };
  const store: Store = options.repair
    ? await openStore({ ...open, userName: os.userInfo().username, now: () => systemClock.wallUs() })
    : await openStoreReads(open);
  const signal = new AbortController().signal;
  try {
    const folders = new StorageFolders({
      ...{ defaultPath: defaultRecordingsFolder(dataDir), store, clock: systemClock, log },
      look: (folder, id) => worker.run('folderState', folder, id),
    });
    let progress = { segments: 0, bytes: 0 };
    const findings = await inspectArchive({
      ...{ folders, worker, signal, read: store.read, hashes: options.hash, live: options.live },
      onProgress: (now) => (progress = { ...now }),
    });
    if (!options.repair) return reportOf(progress, findings, []);
    const parts = { folders, store, worker, clock: systemClock, log };
    const archive = new Archive({ ...parts, hasher: worker });
    const outcomes = await repairFindings(
      {
        ...{ folders, store, worker, archive, log, deletions: new Deletions(parts) },
        heal: ({ path: root }) => healIncoming({ root, read: store.read, worker, archive, log }),
        exclusively: (_cameraId, task) => task(),
      },
      findings,
      signal,
    );
    archive.dispose();
    return reportOf(progress, findings, outcomes);
  } finally {
    await worker.dispose();
    await store.dispose();
  }
}

function printReport(
  { segments, bytes, counts, open, findings }: ArchiveCheckReport,
  options: { readonly hash: boolean; readonly repair: boolean },
  print: (line: string) => void,
): void {
  for (const { kind, camera_id, path: file, detail, outcome } of findings)
    print(`${kind.padEnd(20)} ${outcome.padEnd(11)} ${file ?? camera_id ?? ''}: ${detail}`);
  const size = (bytes / 1e9).toFixed(2);
  const what = options.hash ? 'presence, size, hash, chain, overlap' : 'presence, size, chain, overlap';
  print(`${segments} segments, ${size} GB checked for ${what}.`);
  const found = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
  if (found.length > 0) print(`Found: ${found.join(', ')}.`);
  if (open === 0) print('The archive is sound.');
  else print(`${open} findings are open.${options.repair ? '' : ' --repair mends what can be mended.'}`);
}
