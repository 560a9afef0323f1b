// Invariants about what the sources may contain: who imports what, who listens where, what is never there.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../bootstrap/cache.mjs';
import { inRoot, root } from '../bootstrap/paths.mjs';

interface Source {
  readonly file: string;
  readonly text: string;
}

/** Sources of the product below these folders: no tests and nothing that only tests use. */
function sources(...folders: string[]): Source[] {
  return listFiles(folders.map((folder) => inRoot(folder)))
    .filter((file) => /\.(ts|tsx|mjs|cjs|cpp|h)$/.test(file))
    .map((file) => ({ file: path.relative(root, file), text: readFileSync(file, 'utf8') }))
    .filter(({ file }) => !/\.test\.tsx?$|\.bench\.ts$|\/test(ing)?\/|\/build\/|node_modules/.test(file));
}
const product = sources('contract', 'main', 'electron', 'renderer', 'native', 'models');
const importsOf = ({ text }: Source): string[] =>
  [...text.matchAll(/(?:from\s+|import\(\s*|require\(\s*)['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
const filesWith = (pattern: RegExp, among = product): string[] =>
  among.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
const inside = (folder: string) => product.filter(({ file }) => file.startsWith(`${folder}/`));

it('finds the sources that it speaks of', () => {
  expect(product.length).toBeGreaterThan(300);
  expect(inside('models/runtime').length).toBeGreaterThan(10);
});

it('INV-06: raw video comes out of FFmpeg in one place, for the tap', () => {
  // The search for motion looks through recorded files, and its pictures go to no frame.
  const search = 'main/kernel/motionSearch/scanStretch.ts';
  expect(filesWith(/['"]rawvideo['"]/).filter((file) => file !== search)).toEqual([
    'main/kernel/frames/decoderArguments.ts',
  ]);
  expect(filesWith(/createFrame|subscribeFrames|FrameExport/, inside('main/kernel/motionSearch'))).toEqual(
    [],
  );
  expect(filesWith(/createFrameTap\(/).filter((file) => file.endsWith('.ts'))).toEqual([
    'main/kernel/frames/frameExport.ts',
    'native/index.d.ts',
  ]);
});

it('INV-07: only the container program loads onnxruntime', () => {
  const users = product.filter((one) => importsOf(one).some((name) => /^onnxruntime/.test(name)));
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter(({ file }) => !file.startsWith('models/'))).toEqual([]);
  const reaching = product.filter(
    (one) =>
      !one.file.startsWith('models/') && importsOf(one).some((name) => /(^|\/)models\/runtime\//.test(name)),
  );
  expect(reaching.map(({ file }) => file)).toEqual([]);
});

describe('network', () => {
  const AI = ['main/kernel/frames', 'main/core', 'main/containers', 'main/ai', 'models', 'native'];
  const own = product.filter(({ file }) => AI.some((folder) => file.startsWith(`${folder}/`)));

  it('INV-08: nothing between camera and model knows HTTP, WebSocket or gRPC', () => {
    const bad = own.filter((one) =>
      importsOf(one).some((name) => /^(node:)?(https?|http2|ws|grpc|@grpc)\b/.test(name)),
    );
    expect(bad.map(({ file }) => file)).toEqual([]);
    expect(filesWith(/\b(fetch\(|WebSocket\(|EventSource\()/, own)).toEqual([]);
  });

  it('INV-12: nothing listens beyond loopback and Unix sockets', () => {
    expect(filesWith(/['"](0\.0\.0\.0|::|\[::\])['"]|s_addr = (htonl\()?INADDR_ANY|in6addr_any/)).toEqual([]);
    const listening = product.filter(({ text }) => /\.(listen|bind)\(\s*\d/.test(text));
    for (const { file, text } of listening) expect(text, file).toMatch(/127\.0\.0\.1/);
  });

  it('INV-59: a container knows neither cameras nor SFU, decodes nothing and has no timetable', () => {
    const runtime = inside('models/runtime');
    const allowed = /^(node:|\.|onnxruntime-node$|zod$)/;
    for (const one of runtime)
      expect(
        importsOf(one).filter((name) => !allowed.test(name)),
        one.file,
      ).toEqual([]);
    expect(filesWith(/rtsp|mediasoup|ffmpeg|child_process|desired_fps/i, runtime)).toEqual([]);
    // The one thread that its model runs in, so that the socket is read meanwhile.
    expect(filesWith(/worker_threads/, runtime)).toEqual([
      'models/runtime/model.worker.ts',
      'models/runtime/thread/modelThread.ts',
    ]);
    expect(filesWith(/node:(https?|http2|dgram|tls|dns)/, runtime)).toEqual([]);
  });
});

it('INV-13: no emoji', () => {
  const all = [...product, ...sources('scripts', 'e2e', 'test')];
  expect(filesWith(/\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/u, all)).toEqual([]);
});

it('INV-34: the frame export knows no model and nothing of the AI', () => {
  const exporting = inside('main/kernel/frames');
  for (const one of exporting)
    expect(
      importsOf(one).filter((name) => /core|containers|events|models|\/ai\//.test(name)),
      one.file,
    ).toEqual([]);
  const code = exporting.map(({ file, text }) => ({
    file,
    text: text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''),
  }));
  expect(filesWith(/model|assignment|inference/i, code)).toEqual([]);
});

it('INV-70: models use the runtime alone, whose version is pinned, and need no card', () => {
  const { dependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(dependencies['onnxruntime-node']).toMatch(/^\d+\.\d+\.\d+$/);
  for (const one of inside('models'))
    expect(
      importsOf(one).filter((name) => /(^|\/)(main|electron|renderer|scripts)\//.test(name)),
      one.file,
    ).toEqual([]);
  const manifests = listFiles([inRoot('models')]).filter((file) => file.endsWith('model.yaml'));
  expect(manifests.length).toBeGreaterThan(3);
  for (const file of manifests) expect(readFileSync(file, 'utf8')).not.toMatch(/gpu_required: true/);
});

it('INV-85: the registry of models knows descriptions, no containers, files or processes', () => {
  const registry = product.filter(({ file }) =>
    /^main\/(core\/assignments|store\/queries\/models)/.test(file),
  );
  expect(registry.length).toBeGreaterThan(0);
  for (const one of registry)
    expect(
      importsOf(one).filter((name) => /containers|kernel|node:(fs|child_process|net)/.test(name)),
      one.file,
    ).toEqual([]);
});

it('INV-90: the overlay lies under the pointer and takes nothing of it', () => {
  const css = readFileSync(inRoot('renderer/features/overlay/overlay.css'), 'utf8');
  expect(/canvas|layer|overlay/.test(css) && /pointer-events:\s*none/.test(css)).toBe(true);
  // What a video element could be changed by.
  expect(
    filesWith(
      /video\.(src|srcObject|currentTime|muted|volume|playbackRate)\s*=[^=]|video\.(play|pause|load)\(/,
      inside('renderer/features/overlay'),
    ),
  ).toEqual([]);
});

it('INV-97: windows ask for assignments and the registry, never the core or a container directly', () => {
  const screens = inside('renderer');
  expect(filesWith(/onnxruntime|\.sock\b|main\/(core|containers)/, screens)).toEqual([]);
  // What an operator chooses is stored by these alone; containers are read, to say what would run.
  const commands = inside('renderer/features/detection').flatMap(({ text }) =>
    [...text.matchAll(/(?:useCommand|command)\(\s*'([a-z-]+\.[a-z-]+)'/g)].map(([, name = '']) => name),
  );
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((name) => !/^ai-(model-assignments|models)\./.test(name))).toEqual([]);
});
