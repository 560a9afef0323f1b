import { writeFileSync } from 'node:fs';
import type { ContainerConfig, ContainerMetrics } from '../../contract/inference/control';
import { confineTo } from './confinement';
import { connectToParent } from './parent';
import { RequestGate } from './server/queue';
import type { IpcServer } from './server/server';
import { listen } from './server/server';
import type { ModelThread } from './thread/modelThread';
import { startModelThread } from './thread/modelThread';

/** The entry of a model container: one process, one model, one socket (seed 003). */

/** When memory runs out, a container is to be ended before anything of video (-1000..1000). */
const OOM_SCORE = '600';

/** The code of a process that was aborted, which is how it ends when memory runs out. */
const ABORTED = 134;

const parent = connectToParent();
const startedAt = performance.now();
let running: { model: ModelThread; server: IpcServer; heartbeat: NodeJS.Timeout } | null = null;
let starting = false;

parent.onMessage((message) => {
  if (message.type === 'stop') void stop();
  else if (!starting) {
    starting = true;
    void start(message.config);
  }
});
parent.onGone(() => process.exit(0));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());

async function start(config: ContainerConfig): Promise<void> {
  endBeforeVideo();
  // Before the model's thread exists, which is bound by it as well.
  const confined = confineTo(config);
  const began = performance.now();
  try {
    const model = await startModelThread(config, fall);
    const { manifest } = config.model;
    const gate = new RequestGate(
      manifest.model_id,
      (request, cameMs) => model.ask(request, cameMs),
      manifest.max_in_flight,
    );
    const server = await listen(config.socketPath, gate);
    const beat = (): void =>
      parent.send({
        type: 'heartbeat',
        model_id: manifest.model_id,
        timestamp: new Date().toISOString(),
        status: 'healthy',
        metrics: metricsOf(gate),
      });
    // A model that hangs gives no sign of life, however well its socket is served (W-52).
    const heartbeat = setInterval(() => void model.ping().then(beat), config.heartbeatMs);
    running = { model, server, heartbeat };
    parent.send({
      type: 'ready',
      device: model.device,
      load_ms: performance.now() - began,
      weights_sha256: model.weightsSha256,
      confined,
    });
    beat();
  } catch (error) {
    parent.send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    // Leaves time for the message.
    setTimeout(() => process.exit(1), 200);
  }
}

async function stop(): Promise<void> {
  const stopped = running;
  running = null;
  if (stopped) {
    clearInterval(stopped.heartbeat);
    await stopped.server.stop().catch(() => undefined);
    await stopped.model.end().catch(() => undefined);
  }
  process.exit(0);
}

function metricsOf(gate: RequestGate): ContainerMetrics {
  const { totalRequests, totalErrors, refusedBusy, latencyMs, inFlight } = gate.metrics;
  const answered = totalRequests - refusedBusy - inFlight;
  return {
    total_requests: totalRequests,
    total_errors: totalErrors,
    avg_latency_ms: answered > 0 ? Math.round((latencyMs / answered) * 100) / 100 : 0,
    uptime_seconds: (performance.now() - startedAt) / 1000,
    refused_busy: refusedBusy,
    in_flight: inFlight,
    rss_bytes: process.memoryUsage.rss(),
  };
}

/** Without its model a container is of no use: it ends, and its supervisor says why (INV-65). */
function fall(reason: Error): void {
  process.stderr.write(`${reason.stack ?? reason.message}\n`);
  const isOutOfMemory = (reason as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  process.exit(isOutOfMemory ? ABORTED : 1);
}

function endBeforeVideo(): void {
  try {
    if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', OOM_SCORE);
  } catch {
    // A hardened system may forbid it; the model runs all the same.
  }
}
