import type { MessagePort } from 'node:worker_threads';
import { VasError } from '../../base/errors';
import type { FromWorker, Ready, StoreCall, ToWorker } from '../protocol';
import { toWire } from './errors';

/** What a worker does for its client. */
export interface Service {
  readonly ready: Omit<Ready, 'kind'>;
  /** By name; absent names are refused. */
  readonly handlers: Readonly<Record<string, unknown>>;
  close(): void;
}

/** Opens a service and answers calls one after the other until it is told to close. */
export function serve(port: MessagePort, open: () => Service): void {
  const send = (message: FromWorker): void => port.postMessage(message);
  let service: Service;
  try {
    service = open();
  } catch (error) {
    send({ kind: 'refused', error: toWire(error) });
    return;
  }
  port.on('message', (message: ToWorker) => {
    const startNs = process.hrtime.bigint();
    const elapsedUs = (): number => Number((process.hrtime.bigint() - startNs) / 1000n);
    try {
      const value = message.kind === 'close' ? service.close() : run(service, message.call);
      send({ kind: 'answer', seq: message.seq, value, elapsedUs: elapsedUs() });
    } catch (error) {
      send({ kind: 'failure', seq: message.seq, error: toWire(error), elapsedUs: elapsedUs() });
    }
    if (message.kind === 'close') port.close();
  });
  send({ kind: 'ready', ...service.ready });
}

function run(service: Service, call: StoreCall): unknown {
  const handler = Object.hasOwn(service.handlers, call.name) ? service.handlers[call.name] : undefined;
  if (typeof handler !== 'function')
    throw new VasError('internal', `This connection does not answer ${call.name}.`);
  return (handler as (...args: readonly unknown[]) => unknown)(...call.args);
}
