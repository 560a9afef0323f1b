import { setPriority } from 'node:os';
import type { MessagePort } from 'node:worker_threads';
import { parentPort } from 'node:worker_threads';
import { ringSource } from './frames/ringSource';
import type { ModelService } from './model/service';
import { createModelService } from './model/service';
import type { FromModel, ToModel } from './thread/messages';
import { monotonicMs } from './thread/messages';

/**
 * The thread of a container in which its model runs. onnxruntime holds the thread that calls it for the whole of an
 * inference; beside it the socket is read, requests are refused and signs of life given without delay.
 */

/** Video goes first: the model yields the processor to it. */
const NICENESS = 5;

if (!parentPort) throw new Error('a thread of a model container');
const port: MessagePort = parentPort;
let service: ModelService | null = null;
/** One after the other: a model's threads work for one inference at a time (INV-55). */
let turn = Promise.resolve();

port.on('message', (message: ToModel) => {
  turn = turn.then(() => hear(message));
});

async function hear(message: ToModel): Promise<void> {
  switch (message.type) {
    case 'load':
      yieldToVideo();
      try {
        service = await createModelService(message.config, ringSource(message.config.exportDir));
        say({ type: 'loaded', device: service.device, weightsSha256: service.weightsSha256 });
      } catch (error) {
        say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
      return;
    case 'ask':
      if (service)
        say({
          type: 'answer',
          response: await service.answer(message.request, monotonicMs() - message.cameMs),
        });
      return;
    case 'ping':
      say({ type: 'pong' });
      return;
    case 'end':
      await service?.dispose().catch(() => undefined);
      port.close();
  }
}

function say(message: FromModel): void {
  port.postMessage(message);
}

/** On Linux for this thread and those that it starts, which are onnxruntime's. */
function yieldToVideo(): void {
  try {
    setPriority(NICENESS);
  } catch {
    // A hardened system may forbid it; the model runs all the same.
  }
}
