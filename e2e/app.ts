import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { lstat, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ConsoleMessage, ElectronApplication, Page } from '@playwright/test';
import { _electron as electron } from '@playwright/test';
import { Bridge } from './support/bridge';
import { filesBelow } from './support/files';
import { Problems } from './support/problems';
import type { ProcessEntry } from './support/processes';
import { allProcesses, familyOf, lockHolders, stillRuns } from './support/processes';
import { electronExecutable, repositoryRoot, sandboxArguments } from './support/runtime';
import { until } from './support/wait';

/** Milliseconds after which a process of the application that still runs counts as left behind; a busy machine is slow. */
const GONE_WITHIN_MS = 15_000;

export interface LaunchOptions {
  /** Absolute; a fresh temporary folder when absent. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** What Electron starts; the application's folder when absent. */
  readonly entry?: string;
}

export interface CloseReport {
  /** Milliseconds from the request to the end of the last process. */
  readonly elapsedMs: number;
  readonly exitCode: number | null;
}

/** The real application, started and watched by a test. */
export class RunningApp {
  readonly vas: Bridge;
  readonly pid: number;
  #ended = false;
  readonly #process: ChildProcess;

  constructor(
    readonly electronApp: ElectronApplication,
    readonly page: Page,
    readonly dataDir: string,
    readonly problems: Problems,
    /** Everything the main process wrote to stdout and stderr. */
    readonly output: readonly string[],
    private readonly ownsDataDir: boolean,
  ) {
    this.vas = new Bridge(page);
    // Kept: Playwright forgets it when the application has ended.
    this.#process = electronApp.process();
    const { pid } = this.#process;
    if (pid === undefined) throw new Error('Electron has no process id.');
    this.pid = pid;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Every process of the application but the main one. */
  family(): ProcessEntry[] {
    return familyOf(this.pid, this.dataDir);
  }

  /** Size of the page in pixels. One as large as the display stays one pixel below it: Chromium sees to that on X11. */
  async resize(width: number, height: number): Promise<void> {
    await this.electronApp.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
    await until('the page has its new size', () =>
      this.page.evaluate(
        (size) => Math.abs(innerWidth - size.width) <= 1 && Math.abs(innerHeight - size.height) <= 1,
        { width, height },
      ),
    );
  }

  /**
   * Quits as a user would and proves that nothing is left.
   * @throws Error when a process of the application remains, a lock is held or it did not end cleanly
   */
  async close(): Promise<CloseReport> {
    const before = this.family();
    const start = performance.now();
    await this.electronApp.close();
    this.#ended = true;
    await this.#provenGone(before);
    const elapsedMs = performance.now() - start;
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== 0)
      this.problems.add('exit', `exit code ${String(exitCode)}, signal ${String(signalCode)}`);
    await this.#provenUnlocked();
    this.#readLogFiles();
    return { elapsedMs, exitCode };
  }

  /**
   * Kills the main process the hard way and waits until its children have ended by themselves.
   * @returns milliseconds until the last one was gone
   */
  async kill(): Promise<number> {
    const before = this.family();
    const start = performance.now();
    process.kill(this.pid, 'SIGKILL');
    this.#ended = true;
    await until(
      'the main process is gone',
      () => !allProcesses().some((one) => one.pid === this.pid && !one.zombie),
    );
    await this.#provenGone(before);
    return performance.now() - start;
  }

  /** Removes a data folder that this launch created. */
  discardData(): void {
    if (this.ownsDataDir) rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #provenGone(before: readonly ProcessEntry[]): Promise<void> {
    let left: ProcessEntry[] = [];
    const look = () => {
      const known = new Map([...before, ...this.family()].map((one) => [one.pid, one]));
      left = [...known.values()].filter(stillRuns);
      return left.length === 0;
    };
    try {
      await until('every process of the application is gone', look, { timeoutMs: GONE_WITHIN_MS });
    } catch {
      for (const one of left) process.kill(one.pid, 'SIGKILL');
      throw new Error(
        `left behind: ${left.map((one) => `${String(one.pid)} ${one.commandLine || one.name}`).join('; ')}`,
      );
    }
  }

  async #provenUnlocked(): Promise<void> {
    const holders = lockHolders(filesBelow(this.dataDir));
    if (holders.length > 0) throw new Error(`locks are still held: ${JSON.stringify(holders)}`);
    const chromium = await lstat(path.join(this.dataDir, 'browser', 'SingletonLock')).catch(() => null);
    if (chromium) throw new Error('the single-instance lock was left in the data folder');
  }

  #readLogFiles(): void {
    for (const file of filesBelow(path.join(this.dataDir, 'logs')))
      for (const line of readFileSync(file, 'utf8').split('\n')) this.problems.addOutput('log file', line);
  }
}

/**
 * Starts the application from this checkout on a data folder of its own.
 * The caller ends it with `close()` and then looks at `problems.list`; the `launch` fixture does both.
 */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'vas-e2e-')));
  const problems = new Problems();
  const output: string[] = [];
  const electronApp = await electron.launch({
    executablePath: electronExecutable(),
    args: [options.entry ?? repositoryRoot, ...sandboxArguments(), ...(options.args ?? [])],
    cwd: repositoryRoot,
    env: {
      ...inheritedEnvironment(),
      VAS_DATA_DIR: dataDir,
      VAS_LOG_LEVEL: 'debug',
      VAS_SIGN_IN: 'off',
      ...options.env,
    },
    timeout: 60_000,
  });
  const { stdout, stderr } = electronApp.process();
  for (const [source, stream] of [
    ['stdout', stdout],
    ['stderr', stderr],
  ] as const) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line);
      problems.addOutput(source, line);
    });
  }
  const noteConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'assert')
      problems.add('page console', `${message.text()} (${message.location().url})`);
  };
  const noteError = (error: Error) => problems.add('page error', error.stack ?? String(error));
  electronApp.context().on('console', noteConsole);
  electronApp.context().on('weberror', (error) => noteError(error.error()));
  const page = await mainPage(electronApp);
  // The window may have been faster than the listeners; what is told twice counts once.
  for (const message of await page.consoleMessages()) noteConsole(message);
  for (const error of await page.pageErrors()) noteError(error);
  // Asked of the page itself: the event of a page that was faster than the debugger is never told.
  await until('the page is there', () => page.evaluate(() => document.readyState !== 'loading'));
  // What is pressed before anything is drawn goes nowhere. A page that shows neither is the test's matter.
  await page
    .waitForSelector('nav, form, main', { state: 'attached', timeout: 15_000 })
    .catch(() => undefined);
  // Keys are listened to with the effects, which come behind the first picture; a hidden window has no pictures.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
        setTimeout(resolve, 500);
      }),
  );
  return new RunningApp(electronApp, page, dataDir, problems, output, options.dataDir === undefined);
}

/** The page of the main window: windows of the wall, which are told so in their address, may be faster. */
async function mainPage(electronApp: ElectronApplication): Promise<Page> {
  await electronApp.firstWindow({ timeout: 60_000 });
  return until('the main window is open', () =>
    electronApp.windows().find((page) => page.url() !== '' && !page.url().includes('window=')),
  );
}

/** The test's own environment without what would change how Electron starts. */
function inheritedEnvironment(): Record<string, string> {
  const without = new Set(['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'NODE_ENV', 'FORCE_COLOR']);
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !without.has(entry[0]),
    ),
  );
}
