import os from 'node:os';
import type { AiPath } from '../ai/aiPath';
import type { Events } from '../events/events';
import type { AliveNote } from '../health/alerts/aliveNote';
import { alertSources } from '../health/alerts/alertSources';
import type { Alerts } from '../health/alerts/alerts';
import { createAlerts } from '../health/alerts/alerts';
import type { EventLoopMonitor } from '../health/eventLoop';
import type { Health } from '../health/health';
import { createHealth } from '../health/health';
import { Observability } from '../health/observability';
import type { HealthTick } from '../health/tick';
import type { Kernel } from '../kernel/kernel';
import { alertSettingsOf } from '../settings/alerts';
import type { Ground } from './ground';

export interface Watched {
  readonly kernel: Kernel;
  readonly ai: AiPath;
  readonly events: Events;
  readonly eventLoop: EventLoopMonitor;
  readonly tick: HealthTick;
  readonly note: AliveNote;
}

/** The workstation watching itself: alerts, health, and what the reference asks of its AI. */
export async function createWatch(
  { options, store, settings, clock, owned }: Ground,
  { kernel, ai, events, eventLoop, tick, note }: Watched,
): Promise<{ alerts: Alerts; health: Health; observability: Observability }> {
  const { dataDir, log } = options;
  const alerts = owned.add(
    await createAlerts({
      sources: alertSources(kernel),
      ...{ store, clock, log, dataDir, bootSeconds: () => os.uptime() },
      uncleanEndUs: note.uncleanEndUs,
      tick,
      settings: () => alertSettingsOf(settings.current()),
    }),
  );
  const health = owned.add(
    createHealth({
      ...{ kernel, ai, events, store, eventLoop, tick, dataDir, log, clock },
      shellProcesses: options.shellProcesses,
    }),
  );
  const observability = new Observability({
    agents: () => ai.core.metrics(),
    models: () => ai.containers?.list() ?? [],
    nowUs: () => clock.wallUs(),
    log: log.child({ part: 'observability' }),
  });
  return { alerts, health, observability };
}
