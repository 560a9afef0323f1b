import { describe, expect, it } from 'vitest';
import type { ContainerConfig, FromContainer, ToContainer } from '../../contract/inference/control';
import { modelManifest } from '../../contract/inference/manifest';
import { silentLogger } from '../base/logger';
import { Emitter } from '../base/emitter';
import { SimulatedClock } from '../base/simulatedClock';
import type { ContainerLauncher, ProcessExit } from './launcher';
import { ContainerSupervisor } from './supervisor';

class FakeProcess {
  readonly pid = 4711;
  readonly posted: ToContainer[] = [];
  readonly messages = new Emitter<unknown>();
  readonly exits = new Emitter<ProcessExit>();
  readonly lines = new Emitter<string>();
  killed = false;
  post = (message: ToContainer) => void this.posted.push(message);
  onMessage = (listener: (message: unknown) => void) => this.messages.on(listener);
  onExit = (listener: (exit: ProcessExit) => void) => this.exits.on(listener);
  onStderr = (listener: (line: string) => void) => this.lines.on(listener);
  /** How it has ended without telling. */
  silentEnd: ProcessExit | null = null;
  lookForEnd = () => {
    if (this.silentEnd !== null) this.exits.emit(this.silentEnd);
    return Promise.resolve();
  };
  kill = () => {
    this.killed = true;
    this.exits.emit({ code: null, signal: 'SIGKILL' });
  };
  say = (message: FromContainer) => this.messages.emit(message);
}

const config: ContainerConfig = {
  model: {
    manifest: modelManifest.parse({
      model_id: 'm',
      model_name: 'M',
      model_version: '1.0',
      model_type: 'onnx',
      model_weights: 'm.onnx',
      output_schema: { type: 'yolov8' },
    }),
    folder: '/models/m',
    classNames: [],
  },
  companions: [],
  socketPath: '/run/m.sock',
  exportDir: '/dev/shm',
  heartbeatMs: 5000,
};
const ready: FromContainer = {
  type: 'ready',
  device: { requested: 'auto', actual: 'cpu', why: 'cuda is not there' },
  load_ms: 120,
  weights_sha256: 'a'.repeat(64),
};
const heartbeat: FromContainer = {
  type: 'heartbeat',
  model_id: 'm',
  timestamp: '2026-01-01T00:00:00.000Z',
  status: 'healthy',
  metrics: {
    total_requests: 1,
    total_errors: 0,
    avg_latency_ms: 3,
    uptime_seconds: 5,
    refused_busy: 0,
    in_flight: 0,
    rss_bytes: 1000,
  },
};

function setUp() {
  const clock = new SimulatedClock();
  const launched: FakeProcess[] = [];
  const launcher: ContainerLauncher = {
    launch: () => {
      const child = new FakeProcess();
      launched.push(child);
      return child;
    },
  };
  const supervisor = new ContainerSupervisor({ id: 'm', launcher, clock, log: silentLogger() });
  const states: string[] = [];
  supervisor.changed.on((state) => states.push(state));
  const start = (): FakeProcess => {
    supervisor.start(config);
    return launched.at(-1) as FakeProcess;
  };
  return { clock, launched, supervisor, states, start };
}

describe('the supervisor', () => {
  it('hands the configuration over and is ready when the container says so', () => {
    const { supervisor, states, start } = setUp();
    const child = start();
    expect(child.posted).toEqual([{ type: 'start', config }]);
    expect(supervisor.state).toBe('starting');
    child.say(ready);
    expect(states).toEqual(['starting', 'ready']);
    expect(supervisor.health()).toMatchObject({ pid: 4711, device: ready.device, loadMs: 120, reason: null });
  });

  it('calls a container degraded after 30 s without heartbeat, and ready again when it speaks', async () => {
    const { clock, supervisor, start } = setUp();
    const child = start();
    child.say(ready);
    await clock.advance(29_000);
    expect(supervisor.state).toBe('ready');
    await clock.advance(2_500);
    expect(supervisor.health()).toMatchObject({
      state: 'degraded',
      reason: expect.stringContaining('30 s') as string,
    });
    await clock.advance(3_600_000);
    expect(child.killed).toBe(false);
    child.say(heartbeat);
    expect(supervisor.health()).toMatchObject({
      state: 'ready',
      heartbeatAgeMs: 0,
      metrics: heartbeat.metrics,
    });
  });

  it('INV-48: never restarts what ended by itself', async () => {
    const { clock, launched, supervisor, start } = setUp();
    const child = start();
    child.say(ready);
    child.exits.emit({ code: 7, signal: null });
    expect(supervisor.health()).toMatchObject({
      state: 'unavailable',
      pid: null,
      reason: "The model's process ended by itself (code 7).",
    });
    await clock.advance(24 * 3_600_000);
    expect(launched).toHaveLength(1);
    expect(supervisor.state).toBe('unavailable');
    expect(clock.pendingTimers).toBe(0);
  });

  it('notices an end that nobody tells within a second, and at once when a connection broke', async () => {
    const { clock, supervisor, start } = setUp();
    const child = start();
    child.say(ready);
    await clock.advance(5_000);
    expect(supervisor.state).toBe('ready');
    child.silentEnd = { code: null, signal: 'SIGKILL' };
    await clock.advance(1_000);
    expect(supervisor.health()).toMatchObject({ state: 'unavailable', pid: null });
    await supervisor.stop();
    const next = start();
    next.say(ready);
    next.silentEnd = { code: null, signal: 'SIGSEGV' };
    supervisor.suspect();
    expect(supervisor.health().reason).toContain('SIGSEGV');
  });

  it('keeps the reason that the container gave itself', () => {
    const { supervisor, start } = setUp();
    const child = start();
    child.say({ type: 'failed', message: 'no such weights' });
    child.exits.emit({ code: 1, signal: null });
    expect(supervisor.health()).toMatchObject({ state: 'unavailable', reason: 'no such weights' });
  });

  it('gives up on a model that does not load', async () => {
    const { clock, supervisor, start } = setUp();
    const child = start();
    await clock.advance(120_001);
    expect(child.killed).toBe(true);
    expect(supervisor.health()).toMatchObject({
      state: 'unavailable',
      reason: 'The model did not load in 2 minutes.',
    });
    expect(clock.pendingTimers).toBe(0);
  });

  it('asks first when stopping, then kills', async () => {
    const { clock, supervisor, states, start } = setUp();
    const polite = start();
    polite.say(ready);
    const stopping = supervisor.stop();
    expect(polite.posted.at(-1)).toEqual({ type: 'stop' });
    polite.exits.emit({ code: 0, signal: null });
    await stopping;
    expect(polite.killed).toBe(false);

    const deaf = start();
    deaf.say(ready);
    const killing = supervisor.stop();
    await clock.advance(5_001);
    await killing;
    expect(deaf.killed).toBe(true);
    expect(states).toEqual(['starting', 'ready', 'stopped', 'starting', 'ready', 'stopped']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ignores what is no message', () => {
    const { supervisor, start } = setUp();
    const child = start();
    for (const noise of [null, 7, 'ready', { type: 'ready' }, { type: 'x' }]) child.messages.emit(noise);
    expect(supervisor.state).toBe('starting');
  });
});
