import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { ContainerConfig, ContainerMetrics } from '../../contract/inference/control';
import { ringSource } from './frames/ringSource';
import { confineTo } from './confinement';
import type { ModelService } from './model/service';
import { createModelService } from './model/service';
import { connectToParent } from './parent';
import { RequestGate } from './server/queue';
import type { IpcServer } from './server/server';
import { listen } from './server/server';

/** The entry of a model container: one process, one model, one socket (seed 003). */

/** Video goes first: a container yields the processor to it. */
const NICENESS = 5;
/** When memory runs out, a container is to be ended before anything of video (-1000..1000). */
const OOM_SCORE = '600';

const parent = connectToParent();
const startedAt = performance.now();
let running: { service: ModelService; server: IpcServer; heartbeat: NodeJS.Timeout } | null = null;
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
  yieldToVideo();
  const confined = confineTo(config);
  const began = performance.now();
  try {
    const service = await createModelService(config, ringSource(config.exportDir));
    const { manifest } = config.model;
    const gate = new RequestGate(
      manifest.model_id,
      (request, waitMs) => service.answer(request, waitMs),
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
    running = { service, server, heartbeat: setInterval(beat, config.heartbeatMs) };
    parent.send({
      type: 'ready',
      device: service.device,
      load_ms: performance.now() - began,
      weights_sha256: service.weightsSha256,
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
    await stopped.service.dispose().catch(() => undefined);
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

function yieldToVideo(): void {
  try {
    setPriority(NICENESS);
    if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', OOM_SCORE);
  } catch {
    // A hardened system may forbid it; the model runs all the same.
  }
}
