import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cameraFinder } from './api/access/finder';
import { Guard } from './api/access/guard';
import { createAlertFeed } from './api/alertFeed';
import type { Api } from './api/api';
import { createApi } from './api/api';
import { createRevisions } from './api/revisions';
import type { HandlerContext } from './api/handlers';
import { createHandlers } from './api/handlers';
import { LayoutBook } from './api/layoutBook';
import { createPreferences } from './api/preferences';
import { createSettingsFeed } from './api/settingsFeed';
import { createStateFeed } from './api/stateFeed';
import { createSubscriptions } from './api/subscriptions';
import { Audit } from './audit/audit';
import { AuditBook } from './audit/auditBook';
import { ChainAnchors } from './audit/chainAnchors';
import { systemClock as clock } from './base/clock';
import type { Disposable } from './base/disposable';
import { DisposableStore } from './base/disposable';
import { messageOf, VasError } from './base/errors';
import { createBackup } from './composition/backup';
import { createDetection } from './composition/detection';
import { createEventHistory } from './composition/eventHistory';
import { createEvidence } from './composition/evidence';
import type { Ground } from './composition/ground';
import type { ApplicationOptions } from './composition/options';
import { openPeople } from './composition/people';
import { createSupport } from './composition/support';
import { systemUserName } from './composition/systemUserName';
import { createVideo } from './composition/video';
import { createWatch } from './composition/watch';
import { ensureDemoCamera } from './demoCamera';
import { ensureDemoDetection } from './demoDetection';
import { openAliveNote } from './health/alerts/aliveNote';
import { monitorEventLoop } from './health/eventLoop';
import { HealthTick } from './health/tick';
import { openSettings } from './settings/settings';
import { StorageSettings } from './settings/storage';
import { Tokens } from './settings/tokens';
import { openStore } from './store/store';

/** The main process without its shell: store, kernel and API, in the order in which they need each other. */
export interface Application extends Disposable {
  readonly api: Api;
  /** File behind a media protocol address, by id; null when there is none. */
  resolveMedia(parts: readonly string[]): Promise<{ file: string; mime: string } | null>;
  /** Answers an address of a playback session. @throws VasError not_found */
  answerPlayback(parts: readonly string[]): Promise<{ mime: string; body: string | Uint8Array }>;
  /** Whether whoever works here now may end it; nobody may while it is locked or nobody is signed in. */
  mayQuit(): boolean;
  /** Stops everything; resolves when no child, worker or timer is left. */
  dispose(): Promise<void>;
}

/** @throws VasError conflict when another instance has the data folder or its database is newer */
export async function createApplication(options: ApplicationOptions): Promise<Application> {
  const owned = new DisposableStore();
  try {
    return await compose(options, owned);
  } catch (error) {
    await owned.dispose().catch(() => undefined);
    throw error;
  }
}

/** Makes the parts in the order in which they need each other; they end in the reverse one. */
async function compose(options: ApplicationOptions, owned: DisposableStore): Promise<Application> {
  const { dataDir, dialogs, log } = options;
  await mkdir(path.join(dataDir, 'run'), { recursive: true, mode: 0o700 });
  const store = owned.add(
    await openStore({
      ...{ dataDir, log, userName: systemUserName(), now: () => clock.wallUs() },
      workerPath: path.join(options.workersDir, 'store.worker.cjs'),
    }),
  );
  const audit = owned.add(new Audit(store, clock, log));
  const tick = owned.add(new HealthTick(clock));
  const note = owned.add(await openAliveNote(path.join(dataDir, 'run', 'alive'), clock, log));
  const settings = await openSettings({ store, clock, log, environment: process.env });
  const ground: Ground = { options, store, audit, settings, clock, owned };
  const { session, users, watching } = await openPeople(ground);
  let isRestoring = false;
  const kernel = await createVideo(ground, () => isRestoring);
  const storage = new StorageSettings(kernel.recording, dialogs);
  const settingsFeed = owned.add(createSettingsFeed(settings));
  const eventLoop = owned.add(monitorEventLoop(clock));
  const states = owned.add(createStateFeed(kernel, clock));
  const devices = owned.add(createRevisions([kernel.cameras, kernel.groups], clock));
  const captures = owned.add(createRevisions([kernel.captures], clock));
  const layouts = new LayoutBook(store, () => clock.wallUs());
  const preferences = owned.add(createPreferences(store, clock, log));
  const { ai, trials } = await createDetection(ground, kernel);
  const { core } = ai;
  const backup = createBackup(ground, {
    ...{ session, kernel, core, layouts, preferences, events: () => events },
    onRestoring: (now) => (isRestoring = now),
  });
  const { events, eventExports } = await createEventHistory(ground, kernel, core);
  const anchors = owned.add(
    new ChainAnchors({ recording: kernel.recording, ...{ store, audit, log, clock } }),
  );
  const watch = await createWatch(ground, { kernel, ai, events, eventLoop, tick, note });
  const { alerts, health, observability } = watch;
  const support = createSupport(ground, { kernel, ai, health, observability });
  const alertFeed = owned.add(createAlertFeed(alerts, clock));
  const { evidence, signingKey } = createEvidence(ground, kernel, session);
  const guard = new Guard({ session, audit, find: cameraFinder(store, events, alerts, evidence) });
  const modelFolders = new Tokens<string>();
  const context: HandlerContext = {
    ...options,
    ...{ audit, auditBook: new AuditBook(store, dialogs), evidence },
    ...{ session, users, watching, preferences, layouts, settings, storage, backup },
    ...{ store, kernel, core, ai, trials, modelFolders, events, eventExports },
    ...{ health, observability, support, alerts },
  };
  const windowed = [kernel, storage, backup, trials, modelFolders, watching, evidence];
  const api = createApi({
    ...{ guard, session, log, handlers: createHandlers(context) },
    subscriptions: createSubscriptions(context, {
      ...{ states, devices, captures, settings: settingsFeed, alerts: alertFeed },
    }),
    closeOwner(owner) {
      for (const part of windowed) part.closeOwner(owner);
    },
  });
  const demoCameraId = await ensureDemoCamera(kernel.cameras, options.demoCamera);
  await kernel.start();
  void anchors.note();
  // Only where the key store is in use: asking it may put a question to the user, and all waits for the answer.
  const { devices: cameras } = await kernel.cameras.list({ skip: 0, limit: 10_000 });
  if (cameras.some(({ has_password: hasPassword }) => hasPassword)) void signingKey.makeBeforehand(log);
  void evidence.findUnfinished();
  // Never before video: what the AI does waits until every camera has been started.
  void ai
    .start()
    .then(async () => {
      if (demoCameraId === null) return;
      await ensureDemoDetection({ assignments: core.assignments, preferences }, demoCameraId);
    })
    .catch((error: unknown) => log.error({ reason: messageOf(error) }, 'the demo is not looked at'));
  log.info({ dataDir }, 'application started');
  return {
    api,
    resolveMedia: async (parts) =>
      (await guard.permitsMedia(parts, (id) => kernel.replays.cameraOf(id)))
        ? kernel.resolveMedia(parts)
        : null,
    answerPlayback: async (parts) => {
      if (!(await guard.permitsMedia(['playback', ...parts], (id) => kernel.playback.cameraOf(id))))
        throw new VasError('not_found', 'This recording is not open.');
      return kernel.answerPlayback(parts);
    },
    mayQuit: () => !session.isLocked && session.operator?.may('application.quit') === true,
    dispose: () => owned.dispose(),
  };
}
