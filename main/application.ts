import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cameraFinder } from './api/access/finder';
import { Guard } from './api/access/guard';
import { createAlertFeed } from './api/alertFeed';
import type { Api, OwnerId } from './api/api';
import { createApi } from './api/api';
import { auditRevision } from './api/auditRevision';
import { createHandlers } from './api/handlers';
import { createDeviceRevisions } from './api/deviceRevisions';
import type { WindowsPort } from './api/windowsPort';
import { LayoutBook } from './api/layoutBook';
import { createSettingsFeed } from './api/settingsFeed';
import { createPreferences } from './api/preferences';
import { createAiPath } from './ai/aiPath';
import { Trials } from './ai/trials';
import { detectionFeed } from './api/detectionFeed';
import { createStateFeed } from './api/stateFeed';
import { APPLICATION, Audit } from './audit/audit';
import { AuditBook } from './audit/auditBook';
import { ChainAnchors } from './audit/chainAnchors';
import { Watching } from './audit/watching';
import { callerNow } from './base/caller';
import { systemClock } from './base/clock';
import type { Disposable } from './base/disposable';
import { DisposableStore } from './base/disposable';
import { messageOf, VasError } from './base/errors';
import type { Logger } from './base/logger';
import type { ContainerLauncher } from './containers/launcher';
import { captureServices, expiredMedia } from './events/captures';
import { createEvents } from './events/events';
import { Evidence } from './evidence/evidence';
import { Journal } from './evidence/journal';
import { SigningKey } from './evidence/signingKey';
import { createMediaWorker } from './kernel/media/mediaWorker';
import { EventExports } from './events/export/eventExports';
import { readSwitches } from './events/switches';
import type { DesktopControl } from './desktop/control';
import { openAliveNote } from './health/alerts/aliveNote';
import { createAlerts } from './health/alerts/alerts';
import { monitorEventLoop } from './health/eventLoop';
import { createHealth } from './health/health';
import { Observability } from './health/observability';
import { HealthTick } from './health/tick';
import { Credentials } from './kernel/cameras/credentials';
import type { Kernel } from './kernel/kernel';
import { createKernel } from './kernel/kernel';
import { RING_FOLDER } from './kernel/frames/sharedMemory';
import type { SecretVault } from './kernel/secrets';
import { frameCapacity } from './settings/frameExport';
import { alertSettingsOf } from './settings/alerts';
import { changesRetention, retentionOf } from './settings/retention';
import { ConfigurationBackup } from './settings/backup/backup';
import type { NativeDialogs } from './settings/dialogs';
import { openSettings } from './settings/settings';
import { eventStoreFile, openEventStore } from './store/events/eventStore';
import { StorageSettings } from './settings/storage';
import { Tokens } from './settings/tokens';
import { openStore } from './store/store';
import { supportDocuments } from './support/documents';
import { knownSecrets } from './support/secrets';
import { SupportBundles } from './support/supportBundle';
import { componentVersions } from './support/versions';
import { Passwords } from './users/passwords';
import { Users } from './users/users';
import { WorkstationSession } from './users/workstationSession';
import { knownCameras } from './knownCameras';
import { ensureDemoCamera } from './demoCamera';
import { ensureDemoDetection } from './demoDetection';
import { operatorName } from './operator';

/** External programs, absolute paths or names found in PATH. */
export interface Programs {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly mediasoupWorker: string;
}

export interface ApplicationOptions {
  /** Exists; everything the application writes is below it. */
  readonly dataDir: string;
  readonly programs: Programs;
  /** Folder of the bundled worker scripts. */
  readonly workersDir: string;
  readonly vault: SecretVault;
  readonly dialogs: NativeDialogs;
  /** Written by the build: licences of what the application carries. */
  readonly licencesFile: string;
  /** Processes of the shell: the main one first, then windows, GPU and services. */
  readonly shellProcesses: () => readonly { readonly kind: string; readonly pid: number }[];
  /** The desktop that the shell runs on. */
  readonly desktop: DesktopControl;
  readonly windows: WindowsPort;
  readonly versions: { readonly app: string; readonly electron: string; readonly chrome: string };
  /** Shipped models, outside the archive, and how their containers are started. */
  readonly models: { readonly folder: string; readonly launcher: ContainerLauncher };
  /** False: the question of the first start, how people are known here, is answered with: without signing in. */
  readonly asksForUsers?: boolean;
  /** Somebody with access to the files asked for it: the first user is asked for a new password. */
  readonly resetAdministrator?: boolean;
  /** Address of the demo's camera, added or updated at start; null outside the demo. */
  readonly demoCamera: string | null;
  readonly log: Logger;
}

/** The main process without its shell: store, kernel and API, in the order in which they need each other. */
export interface Application extends Disposable {
  readonly api: Api;
  /** File behind a media protocol address, by id; null when there is none. */
  resolveMedia(parts: readonly string[]): Promise<{ file: string; mime: string } | null>;
  /** Answers an address of a playback session. @throws VasError not_found */
  answerPlayback(parts: readonly string[]): Promise<{ mime: string; body: string | Uint8Array }>;
  /** Stops everything; resolves when no child, worker or timer is left. */
  dispose(): Promise<void>;
}

/** @throws VasError conflict when another instance has the data folder or its database is newer */
export async function createApplication(options: ApplicationOptions): Promise<Application> {
  const owned = new DisposableStore();
  const { dataDir, log } = options;
  try {
    await mkdir(path.join(dataDir, 'run'), { recursive: true, mode: 0o700 });
    const store = owned.add(
      await openStore({
        dataDir,
        workerPath: path.join(options.workersDir, 'store.worker.cjs'),
        log,
        userName: operatorName(),
        now: () => systemClock.wallUs(),
      }),
    );
    const audit = owned.add(new Audit(store, systemClock, log));
    const tick = owned.add(new HealthTick(systemClock));
    const note = owned.add(await openAliveNote(path.join(dataDir, 'run', 'alive'), systemClock, log));
    const settings = await openSettings({ store, clock: systemClock, log, environment: process.env });
    if (options.resetAdministrator) {
      await store.write.resetAdministrator();
      await audit.record({
        action: 'users.reset-administrator',
        by: { ...APPLICATION, name: operatorName() },
      });
      log.warn('the administrator was reset');
    }
    const passwords = new Passwords(path.join(options.workersDir, 'password.worker.cjs'));
    const session = owned.add(
      await WorkstationSession.open({
        ...{ store, clock: systemClock, audit, passwords, log },
        settings: () => ({
          lockAfterMinutes: settings.current().lock_after_minutes,
          showsWall: settings.current().lock_shows_wall,
        }),
        mayAsk: options.asksForUsers ?? true,
      }),
    );
    const users = new Users({ store, clock: systemClock, passwords, session });
    const watching = owned.add(new Watching(audit, systemClock));
    let watcher = session.operator?.id;
    owned.add(
      session.onChanged(() => {
        if (watcher !== session.operator?.id) watching.end();
        watcher = session.operator?.id;
      }),
    );
    owned.add(
      settings.onChanged(({ before, after }) => {
        const keys = ['lock_after_minutes', 'lock_shows_wall'] as const;
        if (keys.some((key) => before[key] !== after[key])) void session.refresh();
      }),
    );
    const kernel: Kernel = owned.add(
      await createKernel({
        ...{ ...options, store, clock: systemClock, cores: os.availableParallelism() },
        retention: retentionOf(settings.current()),
        frameExport: settings.frameExport().running ? { capacity: frameCapacity(process.env) } : null,
      }),
    );
    let isRestoring = false;
    owned.add(
      settings.onChanged(({ before, after }) => {
        kernel.recording.folders.setFallback(after.storage_fallback);
        kernel.previews.setEnabled(after.scrub_previews);
        if (!changesRetention(before, after)) return;
        // The form asks before it saves; what a backup brings has been seen by nobody.
        kernel.recording.setRetention(retentionOf(after), !isRestoring);
        kernel.recording
          .sweep()
          .catch((error: unknown) => log.error({ reason: messageOf(error) }, 'retention failed'));
      }),
    );
    kernel.recording.folders.setFallback(settings.current().storage_fallback);
    kernel.previews.setEnabled(settings.current().scrub_previews);
    const storage = new StorageSettings(kernel.recording, options.dialogs);
    const settingsFeed = owned.add(createSettingsFeed(settings));
    const eventLoop = owned.add(monitorEventLoop(systemClock));
    const feed = owned.add(createStateFeed(kernel, systemClock));
    const revisions = owned.add(createDeviceRevisions([kernel.cameras, kernel.groups], systemClock));
    const captureRevisions = owned.add(createDeviceRevisions([kernel.captures], systemClock));
    const layouts = new LayoutBook(store, () => systemClock.wallUs());
    const preferences = owned.add(createPreferences(store, systemClock, log));
    const ai = owned.add(
      await createAiPath({
        ...{ store, frames: kernel.frames, dataDir, log, clock: systemClock },
        modelRoots: [
          { origin: 'shipped', folder: options.models.folder },
          { origin: 'imported', folder: path.join(dataDir, 'models') },
        ],
        launcher: options.models.launcher,
      }),
    );
    const { core } = ai;
    const modelFolders = new Tokens<string>();
    const trials = new Trials({
      containers: ai.containers,
      isWanted: (modelId) => ai.isWanted(modelId),
      livePicture: (cameraId) => kernel.snapshots.livePicture(cameraId),
      exportDir: RING_FOLDER,
      ffmpeg: options.programs.ffmpeg,
      ...{ dialogs: options.dialogs, clock: systemClock, log },
    });
    const backup = new ConfigurationBackup({
      ...{ store, dialogs: options.dialogs, dataDir, version: options.versions.app, log },
      passwords: new Credentials(options.vault, store.read),
      workerPath: path.join(options.workersDir, 'backup.worker.cjs'),
      async onRestored(changed) {
        isRestoring = true;
        await settings.reload().finally(() => (isRestoring = false));
        layouts.reload();
        await preferences.reload();
        await kernel.cameras.reload(changed);
        // What assignments ask for follows at once; events that cannot be used say so elsewhere.
        void core.reconcile();
        const active = await events.active().catch(() => null);
        active?.triggers.setSwitches(await readSwitches(store));
      },
    });
    const cameraIds = await knownCameras(kernel.cameras, owned);
    const { id: localUserId } = await store.read.localUser();
    const events = owned.add(
      createEvents({
        storeFile: eventStoreFile(dataDir),
        openStore: () =>
          openEventStore({
            dataDir,
            workerPath: path.join(options.workersDir, 'store.worker.cjs'),
            log,
            now: () => systemClock.wallUs(),
          }),
        results: core.results,
        captures: captureServices(kernel),
        media: expiredMedia(kernel),
        days: () => settings.current().event_retention_days,
        onRemoved: ({ userId, before, removed }) =>
          void audit.record({
            ...{ action: 'events.removed', detail: { before, removed, rule: userId === null } },
            ...(userId === null ? { by: APPLICATION } : {}),
          }),
        switches: await readSwitches(store),
        isCamera: (cameraId) => cameraIds.has(cameraId),
        userId: () => callerNow()?.id ?? localUserId,
        clock: systemClock,
        log,
      }),
    );
    owned.add(
      settings.onChanged(({ before, after }) => {
        if (before.event_retention_days !== after.event_retention_days) events.onAgeChanged();
      }),
    );
    const eventExports = owned.add(
      new EventExports({
        queries: async () => (await events.active()).queries,
        dialogs: options.dialogs,
        cameraNames: async () => {
          const { devices } = await kernel.cameras.list({ skip: 0, limit: 10_000 });
          return new Map(devices.map(({ id, name }) => [id, name]));
        },
        log,
      }),
    );
    const anchors = owned.add(
      new ChainAnchors({ recording: kernel.recording, ...{ store, audit, log, clock: systemClock } }),
    );
    const alerts = owned.add(
      await createAlerts({
        sources: {
          statuses: () => kernel.ingest.statuses(),
          shallRecord: (cameraId) => kernel.recording.isRecording(cameraId),
          onStatus: (listener) => kernel.ingest.onStatus(listener),
          onCamerasChanged: (listener) => kernel.cameras.onChanged(listener),
          recordingsSpace: () => kernel.recording.space(),
          refusedSweep: () => kernel.recording.refusedSweep(),
        },
        ...{ store, clock: systemClock, log, dataDir, bootSeconds: () => os.uptime() },
        uncleanEndUs: note.uncleanEndUs,
        tick,
        settings: () => alertSettingsOf(settings.current()),
      }),
    );
    const health = owned.add(
      createHealth({
        ...{ kernel, ai, events, store, eventLoop, tick, dataDir, log, clock: systemClock },
        shellProcesses: options.shellProcesses,
      }),
    );
    const observability = new Observability({
      agents: () => core.metrics(),
      models: () => ai.containers?.list() ?? [],
      nowUs: () => systemClock.wallUs(),
      log: log.child({ part: 'observability' }),
    });
    const cameraPasswords = new Credentials(options.vault, store.read);
    const support = owned.add(
      new SupportBundles({
        documents: () =>
          supportDocuments({
            ...{ store, health, observability, nowUs: () => systemClock.wallUs() },
            versions: () => componentVersions(kernel, store, options.versions),
            models: () => ai.containers?.list() ?? [],
            keyStore: () => ({ backend: options.vault.backend(), protection: options.vault.protection() }),
            facts: { dataDir, programs: options.programs, environment: process.env },
          }),
        secrets: () =>
          knownSecrets({
            ...{ store, environment: process.env },
            password: (deviceId) => cameraPasswords.open(deviceId),
          }),
        dialogs: options.dialogs,
        logFolder: path.join(dataDir, 'logs'),
        workerPath: path.join(options.workersDir, 'support.worker.cjs'),
        nowUs: () => systemClock.wallUs(),
        log,
      }),
    );
    const alertFeed = owned.add(createAlertFeed(alerts, systemClock));
    const signingKey = new SigningKey(store, options.vault, systemClock);
    const evidence = owned.add(
      new Evidence({
        footage: kernel.recording,
        // Its own, behind everything that is live: a package takes minutes.
        worker: owned.add(createMediaWorker(path.join(options.workersDir, 'media.worker.cjs'), log, true)),
        jobs: kernel.jobs,
        ...{ store, session, audit, log, clock: systemClock, dialogs: options.dialogs },
        key: signingKey,
        journal: new Journal(path.join(dataDir, 'evidence')),
        application: `VAS Workstation ${options.versions.app}`,
        workersDir: options.workersDir,
      }),
    );
    const guard = new Guard({ session, audit, find: cameraFinder(store, events, alerts, evidence) });
    const api = createApi({
      ...{ guard, session },
      handlers: createHandlers({
        audit,
        evidence,
        auditBook: new AuditBook(store, options.dialogs),
        session,
        users,
        watching,
        kernel,
        core,
        ai,
        trials,
        modelFolders,
        events,
        eventExports,
        store,
        settings,
        storage,
        backup,
        layouts,
        health,
        observability,
        support,
        preferences,
        alerts,
        ...options,
      }),
      subscriptions: {
        'streams.states': (_request, push) => feed.subscribe(push),
        'devices.revision': (_request, push) => revisions.subscribe(push),
        'captures.revision': (_request, push) => captureRevisions.subscribe(push),
        'alerts.active': (_request, push) => alertFeed.subscribe(push),
        'preferences.changes': (_request, push) => preferences.subscribe(push),
        detections: detectionFeed(core, (streamId, mediaUs) => kernel.live.rtpTimeOf(streamId, mediaUs)),
        'model-containers.changed': (_request, push) => {
          const listening = ai.containers?.onChange((model_id) => push({ model_id }));
          return () => void listening?.dispose();
        },
        'ai-events.exports': (_request, push) => eventExports.subscribe(push),
        'ai-events.expiry': (_request, push) => events.subscribeExpiry(push),
        'ai-events.store': (_request, push) => events.subscribeStore(push),
        'ai-events.stored': (_request, push) => events.subscribe(push),
        'layouts.revision': (_request, push) => layouts.subscribe(push),
        'desktop.question': (_request, push) => options.desktop.subscribeQuestion(push),
        'windows.state': (_request, push) => options.windows.subscribe(push),
        'windows.requests': (_request, push) => options.windows.subscribeRequests(push),
        'archive.check-state': (_request, push) => {
          push(kernel.recording.checks.state);
          const listening = kernel.recording.checks.onChanged(push);
          return () => void listening.dispose();
        },
        'settings.changed': (_request, push) => settingsFeed.subscribe(push),
        'session.state': (_request, push) => session.subscribe(push),
        'audit.revision': auditRevision(audit),
        'evidence.exports': (_request, push) => evidence.subscribe(push),
        'support.state': (_request, push) => support.subscribe(push),
        'motion.search-state': ({ id }, push) =>
          kernel.motionSearches.subscribe(id, (search) => push({ search })),
      },
      closeOwner(owner: OwnerId) {
        kernel.closeOwner(owner);
        storage.closeOwner(owner);
        backup.closeOwner(owner);
        trials.closeOwner(owner);
        modelFolders.closeOwner(owner);
        watching.closeOwner(owner);
        evidence.closeOwner(owner);
      },
      log,
    });
    const demoCameraId = await ensureDemoCamera(kernel.cameras, options.demoCamera);
    await kernel.start();
    void anchors.note();
    // Only where the key store is in use: asking it may put a question to the user, and all waits for the answer.
    const { devices } = await kernel.cameras.list({ skip: 0, limit: 10_000 });
    if (devices.some(({ has_password: hasPassword }) => hasPassword)) void signingKey.makeBeforehand(log);
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
      dispose: () => owned.dispose(),
    };
  } catch (error) {
    await owned.dispose().catch(() => undefined);
    throw error;
  }
}
