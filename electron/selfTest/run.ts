import { app } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Application } from '../../main/application';
import { backupCheck, signInCheck } from './accountCheck';
import { addonCheck } from './addonCheck';
import { callerOf } from '../ipc/caller';
import { footageCheck, liveChecks } from './cameraChecks';
import { detectionCheck } from './detectionCheck';
import { evidenceCheck } from './evidenceCheck';
import { modelCheck } from './modelCheck';
import { playbackCheck } from './playbackCheck';
import type { SelfTestReport } from './report';
import { runChecks, succeeded } from './report';
import type { SelfTestRequest } from './request';
import { TestCamera } from './testCamera';
import { windowFacts } from './window';

const OWNER = 'self-test';
/** mediasoup's workers and transports are made with the first viewer. */
const PART_LIMIT_MS = 20_000;
/** Some of the models take seconds to load on a slow computer. */
const MODELS_LIMIT_MS = 120_000;

/** Proves on this very computer that every part of the installed application works together. */
export async function selfTest(
  request: SelfTestRequest,
  starting: Promise<Application>,
  window: BrowserWindow,
): Promise<SelfTestReport> {
  const api = starting.then((application) => application.api.trusted);
  const caller = callerOf(api, OWNER);
  const camera = new TestCamera(request.camera);
  const checks = await runChecks([
    {
      name: 'store and kernel start',
      limitMs: PART_LIMIT_MS,
      async run() {
        await starting;
        const { total } = await caller.query('devices.list', {});
        if (total !== 0) throw new Error('the temporary profile is not empty');
        return { key_store: await caller.query('secrets.status', {}) };
      },
    },
    {
      name: 'FFmpeg',
      limitMs: PART_LIMIT_MS,
      async run() {
        const { ffmpeg, recordings_dir } = await caller.query('system.info', {});
        if (!/\d/.test(ffmpeg)) throw new Error('FFmpeg does not tell its version: is it installed?');
        return { version: ffmpeg, recordings_dir };
      },
    },
    {
      name: 'mediasoup-worker',
      limitMs: PART_LIMIT_MS,
      async run() {
        await caller.command('live.open-transport', {});
        const { sfu } = await caller.query('health.get', {});
        if (sfu.workers < 1 || sfu.transports < 1) throw new Error(`no worker runs: ${JSON.stringify(sfu)}`);
        return sfu;
      },
    },
    { name: 'native addon', limitMs: PART_LIMIT_MS, run: addonCheck },
    {
      name: 'window',
      limitMs: PART_LIMIT_MS,
      run: () => windowFacts(window, !app.commandLine.hasSwitch('no-sandbox')),
    },
    ...liveChecks(camera, caller, window),
    detectionCheck(camera, api, caller),
    footageCheck(camera, caller),
    playbackCheck(camera, window),
    evidenceCheck(camera, api, caller),
    { name: 'AI models', limitMs: MODELS_LIMIT_MS, run: () => modelCheck(caller) },
    backupCheck(caller),
    signInCheck(caller),
  ]);
  await starting.then(
    (application) => application.api.closeOwner(OWNER),
    () => undefined,
  );
  return {
    ok: succeeded(checks),
    application: { name: app.getName(), version: app.getVersion(), packaged: app.isPackaged },
    runtime: {
      electron: process.versions.electron,
      chrome: process.versions['chrome'] ?? '',
      node: process.versions.node,
    },
    platform: `${process.platform} ${process.arch}`,
    checks,
  };
}

/** One JSON document on standard output; resolves when it has left this process. */
export function printReport(report: SelfTestReport): Promise<void> {
  return new Promise((resolve) =>
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`, () => resolve()),
  );
}
