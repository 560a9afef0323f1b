// The baseline of the suite `infer`: onnxruntime alone in a loop, same model, threads and options as a container's.
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { parse } from 'yaml';

const port = (process as unknown as { parentPort: Electron.ParentPort }).parentPort;
let session: ort.InferenceSession;
let feeds: Record<string, ort.Tensor>;

port.on('message', ({ data }: { data: { root: string; modelId: string } | { milliseconds: number } }) => {
  if ('milliseconds' in data) void run(data.milliseconds);
  else void load(data.root, data.modelId);
});

async function load(root: string, modelId: string): Promise<void> {
  setPriority(5);
  const folder = path.join(root, 'models', modelId);
  const manifest = parse(readFileSync(path.join(folder, 'model.yaml'), 'utf8')) as {
    model_weights: string;
    threads: number;
    expected_resolution: [number, number];
  };
  session = await ort.InferenceSession.create(readFileSync(path.join(folder, manifest.model_weights)), {
    executionProviders: ['cpu'],
    intraOpNumThreads: manifest.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  });
  const [width, height] = manifest.expected_resolution;
  const input = new ort.Tensor('uint8', new Uint8Array(width * height * 3).fill(114), [1, height, width, 3]);
  feeds = { [session.inputNames[0] ?? '']: input };
  await session.run(feeds);
  port.postMessage('loaded');
}

async function run(milliseconds: number): Promise<void> {
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < milliseconds) {
    await session.run(feeds);
    count++;
  }
  port.postMessage((count * 1000) / (performance.now() - began));
}
