import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, dialog, ipcMain, session } from 'electron';
import { createApplication } from '../main/application';
import { VasError, messageOf } from '../main/base/errors';
import { createLogger } from '../main/base/logger';
import { openLogFile } from '../main/base/logFile';
import { createDesktop } from './desktop/desktop';
import { MainWindow } from './desktop/mainWindow';
import { createShutdown } from './desktop/shutdown';
import { createNativeDialogs } from './dialogs';
import { createUtilityLauncher } from './containers/utilityLauncher';
import { registerIpc } from './ipc/register';
import { applicationDirectory, dataDirectory, iconsDirectory, unpacked } from './paths';
import { serveApplication } from './protocols/app';
import { serveMedia } from './protocols/media';
import { locatePrograms } from './programs';
import { registerSchemes } from './protocols/schemes';
import { hardenWebContents } from './security/contents';
import { hardenSession } from './security/session';
import { unattendedDialogs } from './selfTest/dialogs';
import { selfTestRequest } from './selfTest/request';
import { printReport, selfTest } from './selfTest/run';
import { shellProcesses } from './shellProcesses';
import { createSafeStorageVault } from './vault';
import { reportFirstPicture } from './windows/firstPicture';
import { Windows } from './windows/windows';

const selfTested = selfTestRequest(process.argv, process.env);
const dataDir = selfTested?.dataDir ?? dataDirectory();
mkdirSync(dataDir, { recursive: true, mode: 0o700 });
// Chromium's own files stay beside ours; its single-instance lock is then one per data folder.
app.setPath('userData', path.join(dataDir, 'browser'));
// Chromium refuses to run as root with its sandbox; the bootstrap then passes --no-sandbox, and only then.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerSchemes();
hardenWebContents(app);
// Live view runs over loopback, also on a workstation without any network.
app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
// A database that Chromium would open two minutes after the start, for advertisements.
app.commandLine.appendSwitch('disable-features', 'SharedStorageAPI');

if (!app.requestSingleInstanceLock()) {
  // The first instance brings its window to the front.
  app.exit(0);
} else {
  void run();
}

async function run(): Promise<void> {
  const logFile = await openLogFile(path.join(dataDir, 'logs'), (reason) =>
    process.stderr.write(`VAS Workstation cannot write its log: ${reason}\n`),
  );
  const log = createLogger(process.env['VAS_LOG_LEVEL'] ?? 'info', logFile);
  process.on('uncaughtException', (error) => log.fatal({ err: error }, 'uncaught exception'));
  process.on('unhandledRejection', (error) => log.fatal({ err: error }, 'unhandled rejection'));

  await app.whenReady();
  const root = applicationDirectory();
  hardenSession(session.defaultSession);
  serveApplication(session.defaultSession, path.join(root, 'dist/renderer'));

  const icons = iconsDirectory(root);
  const windows = new Windows({
    file: path.join(dataDir, 'windows.json'),
    preload: path.join(root, 'dist/preload/preload.cjs'),
    icon: path.join(icons, 'app/256x256.png'),
    log,
    showMain: () => void window.show(),
  });
  const window = new MainWindow(() => {
    const main = windows.openMain();
    if (process.env['VAS_REPORT_FIRST_PICTURE'] === '1') reportFirstPicture(main);
    return main;
  });
  const demoCamera = process.env['VAS_DEMO_CAMERA'] ?? null;
  // The demo ends with its window: its camera does.
  const desktop = createDesktop({ window, icons, background: demoCamera === null, log });
  const starting = createApplication({
    dataDir,
    programs: locatePrograms(root),
    workersDir: unpacked(path.join(root, 'dist/workers')),
    vault: createSafeStorageVault(),
    dialogs: selfTested ? unattendedDialogs(dataDir) : createNativeDialogs(),
    licencesFile: path.join(root, 'dist/licences.json'),
    windows,
    versions: {
      app: app.getVersion(),
      electron: process.versions.electron,
      chrome: process.versions['chrome'] ?? '',
    },
    shellProcesses,
    desktop: desktop.control,
    models: {
      folder: unpacked(path.join(root, 'models')),
      launcher: createUtilityLauncher(unpacked(path.join(root, 'dist/workers/container.worker.cjs'))),
    },
    demoCamera,
    asksForUsers: !(selfTested || demoCamera !== null || process.env['VAS_SIGN_IN'] === 'off'),
    resetAdministrator: process.argv.includes('--reset-admin'),
    log,
  });
  // The window does not wait for the application: calls do.
  registerIpc(
    ipcMain,
    starting.then((application) => application.api),
    log,
  );
  const shutdown = createShutdown(starting, log, () => logFile.flush());
  serveMedia(session.defaultSession, {
    file: async (parts) => (await starting).resolveMedia(parts),
    playback: async (parts) => (await starting).answerPlayback(parts),
    isEnding: () => shutdown.ending,
  });
  const opened = window.show();
  // Without its window the application goes on recording; whoever closes it decides (desktop.ts).
  app.on('window-all-closed', () => undefined);
  if (selfTested) {
    const report = await selfTest(selfTested, starting, opened);
    await printReport(report);
    return shutdown.end(report.ok ? 0 : 1);
  }
  desktop.attach(starting, shutdown);
  try {
    await starting;
  } catch (error) {
    log.fatal({ err: error }, 'the application could not start');
    const reason = error instanceof VasError ? error.message : `Unexpected error: ${messageOf(error)}`;
    // Also for a terminal: without a display nobody sees the dialog, which waits for somebody.
    process.stderr.write(`VAS Workstation cannot start: ${reason}\n`);
    dialog.showErrorBox('VAS Workstation cannot start', reason);
    await logFile.flush();
    app.exit(1);
  }
}
