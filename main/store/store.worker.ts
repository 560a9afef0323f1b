import { parentPort, workerData } from 'node:worker_threads';
import { eventMigrations } from './events/migrations';
import { eventReads } from './events/reads';
import { eventWrites } from './events/writes';
import { migrations } from './migrations';
import type { WorkerSetup } from './protocol';
import { readHandlers, writeHandlers } from './queries';
import { closeWriter, openReader } from './worker/connection';
import { holdLock } from './worker/lockHolder';
import { versionOf } from './worker/migrate';
import { openForWriting } from './worker/open';
import { serve } from './worker/serve';
import { withTransact } from './worker/transact';
import type { Service } from './worker/serve';

function open(setup: WorkerSetup): Service {
  switch (setup.role) {
    case 'writer': {
      const isEvents = setup.database === 'events';
      const { db, migrated } = openForWriting(setup, isEvents ? eventMigrations : migrations);
      // An event lost to a power cut is a loss that seed 002 allows; it is never half written.
      if (isEvents) db.pragma('synchronous = NORMAL');
      return {
        ready: { schemaVersion: versionOf(db), migrated },
        handlers: isEvents ? eventWrites(db) : withTransact(db, writeHandlers(db)),
        close: () => closeWriter(db),
      };
    }
    case 'reader': {
      const db = openReader(setup.file);
      return {
        ready: { schemaVersion: versionOf(db), migrated: null },
        handlers: setup.database === 'events' ? eventReads(db) : readHandlers(db),
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
