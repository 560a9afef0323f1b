import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface BlackHole {
  readonly port: number;
  stop(): Promise<void>;
}

/** Listens, takes nobody in, and fills its own queue: the kernel then drops whoever else wants to connect. */
const PROGRAM = `
import socket, sys
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(0)
callers = []
for _ in range(4):
    caller = socket.socket()
    caller.setblocking(False)
    caller.connect_ex(listener.getsockname())
    callers.append(caller)
print(listener.getsockname()[1], flush=True)
sys.stdin.read()
`;

/** A port that answers a connection attempt with nothing at all, as a host that is switched off. */
export async function startBlackHole(): Promise<BlackHole> {
  const child = spawn('/usr/bin/python3', ['-c', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return {
    port: Number(line),
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
