import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerSetup } from './protocol';
import { readHandlers, writeHandlers } from './queries';
import { closeWriter, openReader } from './worker/connection';
import { holdLock } from './worker/lockHolder';
import { versionOf } from './worker/migrate';
import { openForWriting } from './worker/open';
import { serve } from './worker/serve';
import type { Service } from './worker/serve';

function open(setup: WorkerSetup): Service {
  switch (setup.role) {
    case 'writer': {
      const { db, migrated } = openForWriting(setup);
      return {
        ready: { schemaVersion: versionOf(db), migrated },
        handlers: writeHandlers(db),
        close: () => closeWriter(db),
      };
    }
    case 'reader': {
      const db = openReader(setup.file);
      return {
        ready: { schemaVersion: versionOf(db), migrated: null },
        handlers: readHandlers(db),
        close: () => void db.close(),
      };
    }
    case 'lock': {
      const db = holdLock(setup.file);
      return { ready: { schemaVersion: 0, migrated: null }, handlers: {}, close: () => void db.close() };
    }
  }
}

if (!parentPort) throw new Error('store.worker runs on a worker thread');
serve(parentPort, () => open(workerData as WorkerSetup));
