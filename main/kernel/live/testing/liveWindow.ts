import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { build } from 'esbuild';
import { VasError, messageOf } from '../../../base/errors';
import type { Live } from '../live';
import { runtime } from './runtime';
import { waitFor } from './waitFor';

/** What the page says about one of its feeds (renderer/live/testing/harness.ts). */
export interface Observation {
  readonly state: string;
  readonly error: string | null;
  readonly shown: number;
  readonly framesDecoded: number | null;
  readonly framesDropped: number | null;
  readonly jitterBufferMs: number | null;
  readonly history: string[];
  readonly width: number;
}

interface Message {
  readonly id: number;
  readonly call?: boolean;
  readonly subscribe?: boolean;
  readonly evaluated?: boolean;
  readonly ready?: boolean;
  readonly name?: string;
  readonly request?: Record<string, unknown>;
  readonly result?: unknown;
}

const OWNER = 'window';

/** A real Electron window that runs the renderer's live client against a live service of this process. */
export class LiveWindow {
  /** Streams as `streams.states` reports them: camera id to phase. */
  readonly #phases = new Map<string, string>();
  readonly #subscriptions = new Set<number>();
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (e: Error) => void }>();
  readonly #live: Live;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #folder: string;
  readonly #listening: { dispose(): void | Promise<void> };
  /** How often the page has fetched a view. */
  consumeCalls = 0;
  #ready = false;
  #nextId = 0;

  private constructor(live: Live, folder: string) {
    this.#live = live;
    this.#folder = folder;
    const { electron } = runtime();
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const command = [electron, ...root, path.resolve('main/kernel/live/testing/window/main.cjs')];
    const display = process.env['DISPLAY'] ? [] : ['xvfb-run', '-a', '-s', '-screen 0 1024x768x24'];
    const [file = '', ...args] = [...display, ...command];
    // A group of its own, so that xvfb-run and everything below it can be ended together.
    this.#process = spawn(file, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, VAS_HARNESS_PAGE: path.join(folder, 'index.html') },
    });
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      if (line.startsWith('@@')) void this.#take(JSON.parse(line.slice(2)) as Message);
    });
    this.#process.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The window has ended.'));
      this.#waiting.clear();
    });
    this.#listening = live.onProducersChanged(() => this.#push());
  }

  static async open(live: Live): Promise<LiveWindow> {
    const folder = await mkdtemp(path.join(tmpdir(), 'vas-live-window-'));
    await build({
      entryPoints: [path.resolve('renderer/live/testing/harness.ts')],
      outfile: path.join(folder, 'harness.js'),
      bundle: true,
      platform: 'browser',
      logLevel: 'error',
    });
    const page = '<!doctype html><meta charset="utf-8"><body><script src="harness.js"></script></body>';
    await writeFile(path.join(folder, 'index.html'), page);
    const window = new LiveWindow(live, folder);
    await waitFor('the window', () => window.#ready, 30_000);
    return window;
  }

  /** Reports a stream to the page. */
  setPhase(cameraId: string, phase: 'running' | 'backing-off' | 'stopped'): void {
    this.#phases.set(cameraId, phase);
    this.#push();
  }

  watch(name: string, cameraId: string): Promise<unknown> {
    return this.#evaluate(`harness.watch(${JSON.stringify(name)}, ${JSON.stringify(cameraId)}, 'main')`);
  }

  close(name: string): Promise<unknown> {
    return this.#evaluate(`harness.close(${JSON.stringify(name)})`);
  }

  async observe(name: string): Promise<Observation> {
    return (await this.#evaluate(`harness.observe(${JSON.stringify(name)})`)) as Observation;
  }

  async dispose(): Promise<void> {
    await this.#listening.dispose();
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.stdin.end();
      const limit = setTimeout(() => process.kill(-(this.#process.pid ?? 0), 'SIGKILL'), 5000);
      await ended;
      clearTimeout(limit);
    }
    this.#live.closeOwner(OWNER);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #evaluate(code: string): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#process.exitCode !== null) reject(new Error('The window has ended.'));
      this.#waiting.set(id, { resolve, reject });
      this.#send({ evaluate: code, id });
    });
  }

  async #take(message: Message): Promise<void> {
    const { id } = message;
    if (message.ready) this.#ready = true;
    else if (message.evaluated) {
      this.#waiting.get(id)?.resolve(message.result);
      this.#waiting.delete(id);
    } else if (message.subscribe) {
      this.#subscriptions.add(id);
      this.#push();
    } else if (message.call) {
      try {
        const data = await this.#answer(message.name ?? '', message.request ?? {});
        this.#send({ id, reply: { ok: true, data: data ?? {} } });
      } catch (error) {
        const details = error instanceof VasError ? error.details : undefined;
        this.#send({
          id,
          reply: { ok: false, error: { status: 503, message: messageOf(error), path: '', details } },
        });
      }
    }
  }

  async #answer(name: string, request: Record<string, unknown>): Promise<unknown> {
    const live = this.#live;
    const transportId = String(request['transport_id']);
    const consumerId = String(request['consumer_id']);
    switch (name) {
      case 'live.capabilities':
        return { rtpCapabilities: await live.capabilities() };
      case 'live.open-transport':
        return live.openTransport(OWNER);
      case 'live.connect-transport':
        return live.connectTransport(OWNER, transportId, request['dtlsParameters'] as object);
      case 'live.close-transport':
        return live.closeTransport(OWNER, transportId);
      case 'live.consume': {
        this.consumeCalls += 1;
        const rtpCapabilities = request['rtpCapabilities'] as object;
        const streamId = String(request['camera_id']);
        const { producerId, ...offer } = await live.consume(OWNER, {
          transportId,
          streamId,
          rtpCapabilities,
        });
        return { ...offer, producer_id: producerId };
      }
      case 'live.resume-consumer':
        return live.resumeConsumer(OWNER, consumerId);
      case 'live.close-consumer':
        return live.closeConsumer(OWNER, consumerId);
      default:
        throw new Error(`unexpected channel ${name}`);
    }
  }

  #push(): void {
    const streams = [...this.#phases].map(([cameraId, phase]) => ({
      camera_id: cameraId,
      role: 'main',
      phase,
      info: null,
      producer_id: this.#live.producerOf(cameraId)?.producerId ?? null,
    }));
    for (const id of this.#subscriptions) this.#send({ id, value: { streams } });
  }

  #send(message: object): void {
    if (this.#process.stdin.writable) this.#process.stdin.write(`${JSON.stringify(message)}\n`);
  }
}
