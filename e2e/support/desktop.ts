import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A tray icon as the desktop sees it. */
export interface SeenIcon {
  readonly tooltip: string;
  /** Widths of its pictures, pixels. */
  readonly sizes: readonly number[];
  /** Pixels of the recording mark's red in the largest picture. */
  readonly red: number;
  readonly menu: readonly string[];
}

export interface TestDesktop {
  /** Environment of programs that shall run on this desktop. */
  readonly env: Readonly<Record<string, string>>;
  /** The newest tray icon; null without one. */
  icon(): Promise<SeenIcon | null>;
  /** Clicks the icon. */
  activate(): Promise<void>;
  /** Chooses an entry of the icon's menu. */
  choose(label: string): Promise<void>;
  /** Who keeps the computer awake, and why. */
  inhibits(): Promise<readonly (readonly [string, string])[]>;
  stop(): Promise<void>;
}

/** A D-Bus session of its own, with a tray and power management unless `bare`. */
export async function startDesktop(options: { readonly bare?: boolean } = {}): Promise<TestDesktop> {
  const program = options.bare
    ? 'cat'
    : `/usr/bin/python3 '${path.join(import.meta.dirname, 'tray_host.py')}'`;
  const session = spawn(
    'dbus-run-session',
    ['--', 'bash', '-c', `echo "$DBUS_SESSION_BUS_ADDRESS"; exec ${program}`],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => session.once('exit', () => resolve()));
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: session.stdout }).on('line', (line) => waiting.shift()?.(line));
  const over = ended.then((): never => {
    throw new Error('the test desktop has ended');
  });
  over.catch(() => undefined);
  const nextLine = () => Promise.race([new Promise<string>((resolve) => waiting.push(resolve)), over]);
  const address = await nextLine();
  if (!options.bare) await nextLine();

  const ask = async (request: Record<string, string>): Promise<unknown> => {
    const answer = nextLine();
    session.stdin.write(`${JSON.stringify(request)}\n`);
    const reply = JSON.parse(await answer) as { ok: boolean; value?: unknown; error?: string };
    if (!reply.ok) throw new Error(`test desktop: ${reply.error ?? ''}`);
    return reply.value;
  };
  return {
    // Chromium chooses whom to ask for staying awake by the desktop's name.
    env: { DBUS_SESSION_BUS_ADDRESS: address, XDG_CURRENT_DESKTOP: 'XFCE' },
    icon: () => ask({ do: 'icon' }) as Promise<SeenIcon | null>,
    activate: () => ask({ do: 'activate' }) as Promise<void>,
    choose: (label) => ask({ do: 'choose', label }) as Promise<void>,
    inhibits: () => ask({ do: 'inhibits' }) as Promise<readonly (readonly [string, string])[]>,
    async stop() {
      session.stdin.end();
      await ended;
    },
  };
}
