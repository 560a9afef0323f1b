import { randomInt } from 'node:crypto';
import { runProgram } from '../cameras/process';

/** A camera's own network: it is reached over a pair of virtual interfaces. */
export interface CameraNetwork {
  /** Address of the camera. */
  readonly address: string;
  /** Words before a program that is to run at the camera's end. */
  readonly command: readonly string[];
  /** Pulls the cable or puts it back: packets of both directions vanish, nothing is closed. */
  setCable(connected: boolean): Promise<void>;
  /** Loses this share (0 to 1) of the packets that the camera sends. */
  setLoss(share: number): Promise<void>;
  remove(): Promise<void>;
}

const ip = (...args: string[]) => runProgram('ip', args);
/** What the camera sends to itself does not cross its cable. */
const [SENT, RECEIVED] = [
  ['OUTPUT', '!', '-o', 'lo'],
  ['INPUT', '!', '-i', 'lo'],
];
const chance = (share: number) => [
  ...[...SENT, '-m', 'statistic', '--mode', 'random'],
  ...['--probability', share.toFixed(3), '-j', 'DROP'],
];

/** Whether networks of their own can be made here: that takes the rights of the administrator. */
export async function networksPossible(): Promise<boolean> {
  const name = `vas-soak-${String(process.pid)}-try`;
  try {
    await ip('netns', 'add', name);
  } catch {
    return false;
  }
  try {
    await ip('netns', 'exec', name, 'iptables', '-A', ...chance(0.5));
    return true;
  } catch {
    return false;
  } finally {
    await ip('netns', 'del', name);
  }
}

/** @param index number of the camera, from 0 to 63 */
export async function makeNetwork(index: number): Promise<CameraNetwork> {
  const name = `vas-soak-${String(process.pid)}-${String(index)}`;
  // At most 15 letters, and not those of another soak.
  const near = `vs${String(process.pid % 100_000)}n${String(index)}`;
  const far = `vs${String(process.pid % 100_000)}f${String(index)}`;
  // A net of four addresses of the range for benchmarks (RFC 2544), which nothing else uses.
  const block = `198.18.${String(randomInt(256))}`;
  const host = `${block}.${String(index * 4 + 1)}`;
  const address = `${block}.${String(index * 4 + 2)}`;
  await ip('netns', 'add', name);
  const inside = (...args: string[]) => ip('netns', 'exec', name, ...args);
  const remove = async () => {
    // The pair goes with its inner end.
    await ip('netns', 'del', name);
  };
  try {
    await ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name);
    await ip('address', 'add', `${host}/30`, 'dev', near);
    await ip('link', 'set', near, 'up');
    await inside('ip', 'address', 'add', `${address}/30`, 'dev', far);
    await inside('ip', 'link', 'set', far, 'up');
    await inside('ip', 'link', 'set', 'lo', 'up');
  } catch (error) {
    await remove();
    throw error;
  }
  let loss = 0;
  return {
    address,
    command: ['ip', 'netns', 'exec', name],
    async setCable(connected) {
      // Rules instead of taking the interface down: that would lose the addresses and tell both ends.
      const verb = connected ? '-D' : '-I';
      await inside('iptables', verb, ...SENT, '-j', 'DROP');
      await inside('iptables', verb, ...RECEIVED, '-j', 'DROP');
    },
    async setLoss(share) {
      if (loss > 0) await inside('iptables', '-D', ...chance(loss));
      loss = share;
      if (loss > 0) await inside('iptables', '-A', ...chance(loss));
    },
    remove,
  };
}
