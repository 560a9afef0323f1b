import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ContainerConfig, DeviceReport } from '../../../contract/inference/control';
import type { InferenceRequest, InferenceResponse } from '../../../contract/inference/messages';
import type { FromModel, ToModel } from './messages';

/** A loaded model in a thread of its own. */
export interface ModelThread {
  readonly device: DeviceReport;
  readonly weightsSha256: string;
  /**
   * Never rejects: failures are answers with `error` set (INV-55, INV-60). Several may be asked at once; they are
   * answered one after the other.
   * @param cameMs when the request was read, by `monotonicMs`
   */
  ask(request: InferenceRequest, cameMs: number): Promise<InferenceResponse>;
  /** Resolves when everything asked before is answered; never while the model hangs. */
  ping(): Promise<void>;
  /** Resolves when the model is disposed of and the thread has ended. */
  end(): Promise<void>;
}

/**
 * @param died told once when the thread ends without being asked to, with the reason: nothing will be answered
 * @throws Error when the model cannot run; the container must not start
 */
export async function startModelThread(
  config: ContainerConfig,
  died: (reason: Error) => void,
): Promise<ModelThread> {
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), 'model.worker.cjs');
  const worker = new Worker(file, { name: 'vas-model' });
  const send = (message: ToModel): void => worker.postMessage(message);
  const asked: ((response: InferenceResponse) => void)[] = [];
  let pinging: { readonly answered: Promise<void>; readonly settle: () => void } | null = null;
  let isRunning = false;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  const loaded = await new Promise<Extract<FromModel, { type: 'loaded' }>>((resolve, reject) => {
    const fail = (reason: Error): void => {
      reject(reason);
      if (isRunning) died(reason);
      isRunning = false;
    };
    worker.on('message', (message: FromModel) => {
      if (message.type === 'answer') asked.shift()?.(message.response);
      else if (message.type === 'pong') {
        pinging?.settle();
        pinging = null;
      } else if (message.type === 'loaded') {
        isRunning = true;
        resolve(message);
      } else reject(new Error(message.message));
    });
    worker.on('error', (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => fail(new Error(`the model's thread ended (code ${String(code)})`)));
    send({ type: 'load', config });
  });

  return {
    device: loaded.device,
    weightsSha256: loaded.weightsSha256,
    ask: (request, cameMs) =>
      new Promise((resolve) => {
        asked.push(resolve);
        send({ type: 'ask', request, cameMs });
      }),
    ping() {
      if (!pinging) {
        let settle = (): void => undefined;
        const answered = new Promise<void>((resolve) => (settle = resolve));
        pinging = { answered, settle };
        send({ type: 'ping' });
      }
      return pinging.answered;
    },
    async end() {
      isRunning = false;
      send({ type: 'end' });
      await exited;
    },
  };
}
