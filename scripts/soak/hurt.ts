import { setTimeout as delay } from 'node:timers/promises';
import type { DiskVolume } from './diskVolume';
import type { HappenedFault } from './judge';
import type { PlannedFault } from './plan';
import type { SoakCamera } from './soakCamera';
import type { SoakWorkstation } from './workstation';

export interface World {
  readonly cameras: readonly SoakCamera[];
  readonly workstation: SoakWorkstation;
  readonly disk: DiskVolume | null;
}

/** Makes a fault happen and waits until its cause is over. */
export async function hurt(world: World, fault: PlannedFault): Promise<HappenedFault> {
  let beganMs = Date.now();
  let endedMs = 0;
  /** Begins now, lasts as planned, ends. */
  const during = async (begin: () => unknown, end: () => unknown): Promise<void> => {
    beganMs = Date.now();
    await begin();
    await delay(fault.lastsMs);
    await end();
    endedMs = Date.now();
  };
  const { workstation } = world;
  const camera = fault.camera === null ? null : (world.cameras[fault.camera] ?? null);
  if (camera) await hurtCamera(camera);
  else await hurtWorkstation();
  return { ...fault, beganMs, endedMs: endedMs || beganMs };

  async function hurtCamera(one: SoakCamera): Promise<void> {
    switch (fault.kind) {
      case 'loss':
        return during(
          () => one.lose(0.05 + 0.2 * fault.severity),
          () => one.lose(0),
        );
      case 'stall':
        return during(
          () => one.stall(),
          () => one.goOn(),
        );
      case 'cable':
        return during(
          () => one.pullCable(),
          () => one.plugIn(),
        );
      case 'reboot':
        return during(
          () => one.switchOff(),
          () => one.switchOn(),
        );
      case 'cut':
        beganMs = Date.now();
        return one.cut();
      case 'time-stamps':
        beganMs = Date.now();
        // Up to an hour in either direction.
        return one.jump(Math.round((fault.severity - 0.5) * 7_200));
      case 'ingest-killed': {
        const pid = await workstation.pidOf('ingest', fault.camera);
        beganMs = Date.now();
        process.kill(pid, 'SIGKILL');
        return;
      }
      case 'ingest-stopped': {
        const pid = await workstation.pidOf('ingest', fault.camera);
        return during(
          () => process.kill(pid, 'SIGSTOP'),
          () => signalIfAlive(pid, 'SIGCONT'),
        );
      }
      default:
        throw new Error(`${fault.kind} is no fault of a camera`);
    }
  }

  async function hurtWorkstation(): Promise<void> {
    switch (fault.kind) {
      case 'sfu-killed': {
        const pids = workstation.app
          .family()
          .filter((one) => one.commandLine.includes('mediasoup-worker'))
          .map((one) => one.pid);
        beganMs = Date.now();
        for (const pid of pids) process.kill(pid, 'SIGKILL');
        return;
      }
      case 'page-killed': {
        const pid = await workstation.pagePid();
        beganMs = Date.now();
        process.kill(pid, 'SIGKILL');
        return;
      }
      case 'container-killed': {
        const pid = await workstation.containerPid();
        beganMs = Date.now();
        process.kill(pid, 'SIGKILL');
        return workstation.restartContainer();
      }
      case 'disk-full':
        return during(
          () => world.disk?.fill(),
          () => world.disk?.empty(),
        );
      case 'application-killed':
        beganMs = Date.now();
        await workstation.kill();
        endedMs = Date.now();
        return workstation.restart();
      default:
        throw new Error(`${fault.kind} is a fault of a camera`);
    }
  }
}

/** The supervisor may have replaced it meanwhile. */
function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone: that is how it recovered.
  }
}
