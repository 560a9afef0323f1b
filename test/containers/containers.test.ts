// Real containers: real processes, real onnxruntime, real frame rings, real sockets.
import { existsSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { VasError } from '../../main/base/errors';
import type { WorldModel } from './quarters';
import type { World } from './world';
import { openWorld } from './world';

const WAIT = { timeout: 60_000, interval: 50 };
let world: World;
async function open(models: readonly WorldModel[], execArgv: readonly string[] = []): Promise<World> {
  world = await openWorld(models, execArgv);
  return world;
}
afterEach(() => world.dispose());

const detected = (value: Awaited<ReturnType<World['containers']['infer']>>) => {
  if (!value.ok) throw new Error(`${value.failure}: ${value.message}`);
  return value.detections.map(({ bbox }) => bbox.map((one) => Math.round(one * 100) / 100));
};

describe('a container', { timeout: 120_000 }, () => {
  it('INV-62, INV-64: starts, finds what is in the frame, answers in the contract and stops without a trace', async () => {
    const { containers, frame, folder } = await open([{ id: 'quarters' }]);
    expect(containers.get('quarters')).toMatchObject({ state: 'stopped', pid: null, device: null });
    await containers.start('quarters');
    const status = containers.get('quarters');
    expect(status).toMatchObject({
      state: 'ready',
      reason: null,
      device: { requested: 'auto', actual: 'cpu', why: expect.stringContaining('cuda') as string },
      origin: 'imported',
      verified: true,
    });
    expect(status.weightsSha256).toMatch(/^[0-9a-f]{64}$/);

    const request = frame([16, 235, 16, 200]);
    const result = await containers.infer('quarters', request, 10_000);
    expect(detected(result)).toEqual([
      [0.5, 0, 1, 0.5],
      [0.5, 0.5, 1, 1],
    ]);
    if (!result.ok) return;
    expect(result.response).toMatchObject({
      model_id: 'quarters',
      camera_id: request.camera_id,
      frame_id: request.frame_metadata.frame_id,
      metadata: { model_type: 'onnx', device: 'cpu', frame_width: 64, frame_height: 48 },
      error: null,
    });
    expect(Object.keys(result.response.detections[0] ?? {})).toEqual([
      'class_id',
      'class_name',
      'confidence',
      'bbox',
      'track_id',
    ]);
    expect(result.response.detections[0]?.class_name).toBe('bright');

    const socket = path.join(folder, 'run/models/vas_model_quarters.sock');
    const found = [socket, ...runtimeSockets()].filter((file) => existsSync(file));
    expect(found.length).toBeGreaterThan(0);
    expect(statSync(found[0] ?? '').mode & 0o777).toBe(0o600);
    const { pid } = status;
    await containers.stop('quarters');
    expect(existsSync(found[0] ?? '')).toBe(false);
    expect(existsSync(`/proc/${pid ?? 0}`)).toBe(false);
    expect(await containers.infer('quarters', request, 1_000)).toMatchObject({ failure: 'unavailable' });
    await containers.dispose();
    expect(existsSync(path.dirname(found[0] ?? '')), 'the folder of the sockets').toBe(false);
  });

  it('INV-56, INV-58: gives the same answers in any order and holds no frame afterwards', async () => {
    const { containers, frame } = await open([{ id: 'quarters' }]);
    await containers.start('quarters');
    const cameras = ['a', 'b', 'c'].map((name) => `${name}1111111-2222-4333-8444-555555555555`);
    const requests = cameras.flatMap((camera, index) =>
      [0, 1].map((turn) =>
        frame([40 * index + 30, 235 - 30 * turn, 180 + 10 * index, 60 + 90 * turn], camera),
      ),
    );
    const strip = async (index: number) => {
      const request = requests[index];
      const result = request && (await containers.infer('quarters', request, 10_000));
      return result?.ok === true ? result.detections : result;
    };
    const inOrder: unknown[] = [];
    for (const index of requests.keys()) inOrder.push(await strip(index));
    for (const order of [
      [5, 3, 1, 4, 2, 0],
      [2, 2, 0, 5, 1, 3],
    ]) {
      const shuffled = await Promise.all(order.map(strip));
      expect(shuffled).toEqual(order.map((index) => inOrder[index]));
    }
    const { pid } = containers.get('quarters');
    const held = readdirSync(`/proc/${pid ?? 0}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid ?? 0}/fd/${fd}`);
      } catch {
        return '';
      }
    });
    expect(held.filter((file) => file.includes('vas_frames_'))).toEqual([]);
  });

  it('INV-60: answers a bad frame with an error, not with an empty list (W-48)', async () => {
    const { containers, frame, rings, folder } = await open([{ id: 'quarters' }]);
    await containers.start('quarters');
    const good = frame([235, 16, 16, 16]);
    const ask = (over: object) => containers.infer('quarters', { ...good, ...over }, 10_000);
    const metadata = (frameId: number) => ({ frame_metadata: { ...good.frame_metadata, frame_id: frameId } });
    expect(await ask({ frame_reference: '/etc/passwd' })).toMatchObject({
      failure: 'frame',
      message: "Invalid frame reference: it lies outside the frame export's folder",
    });
    expect(
      await ask({ frame_reference: `${path.dirname(good.frame_reference)}/../../etc/passwd` }),
    ).toMatchObject({
      failure: 'frame',
    });
    expect(await ask({ frame_reference: path.join(folder, 'shm/vas_frames_none') })).toMatchObject({
      failure: 'frame',
      message: expect.stringContaining('no frames') as string,
    });
    expect(await ask(metadata(999_999))).toMatchObject({ failure: 'frame' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await ask({ config: { max_age_ms: 50 } })).toMatchObject({
      failure: 'frame',
      message: 'Invalid frame reference: stale frame',
    });
    for (let count = 0; count < 20; count++) frame([235, 16, 16, 16]);
    expect(await ask({})).toMatchObject({
      failure: 'frame',
      message: 'Invalid frame reference: frame overwritten',
    });
    rings.get(good.camera_id)?.close();
    rings.clear();
    expect(await ask({})).toMatchObject({ failure: 'frame' });
    expect(detected(await containers.infer('quarters', frame([235, 16, 16, 16]), 10_000))).toHaveLength(1);
    expect(containers.get('quarters').figures).toMatchObject({ errors: 7, answered: 1, inFlight: 0 });
  });

  it('brings a handler of its own and parameters for it', async () => {
    const { containers, frame } = await open([
      {
        id: 'own',
        more: 'output_schema: { type: handler }',
        handler: `export default ({ model, tools }) => ({
          async infer(frame, { config }) {
            const { outputs, toFrame } = await model.run(frame);
            const rows = tools.readOutputs({ type: 'dets_xyxy_score_class', box_units: 'pixels' }, outputs, model.inputSize, 0);
            return tools.toDetections(rows, null, toFrame, ['quarter']).slice(0, config.most);
          },
        });`,
      },
    ]);
    await containers.start('own');
    const request = { ...frame([50, 100, 150, 200]), config: { most: 3, max_age_ms: 30_000 } };
    const result = await containers.infer('own', request, 10_000);
    expect(result.ok && result.detections.map(({ class_name }) => class_name)).toEqual([
      'quarter',
      'quarter',
      'quarter',
    ]);
  });

  it('INV-65: that crashes is unavailable, the others go on, nothing restarts it, a restart does', async () => {
    const crash = `export default () => ({ async infer() { process.kill(process.pid, 'SIGSEGV'); for (;;) ; } });`;
    const { containers, frame } = await open([{ id: 'quarters' }, { id: 'crashing', handler: crash }]);
    await Promise.all([containers.start('quarters'), containers.start('crashing')]);
    const { pid } = containers.get('crashing');
    const changes: string[] = [];
    containers.onChange((id) => changes.push(`${id} ${containers.get(id).state}`));
    expect(await containers.infer('crashing', frame([235, 16, 16, 16]), 10_000)).toMatchObject({
      failure: 'unavailable',
    });
    await expect.poll(() => containers.get('crashing').state, WAIT).toBe('unavailable');
    expect(containers.get('crashing').reason).toMatch(/ended/);
    expect(detected(await containers.infer('quarters', frame([235, 16, 16, 16]), 10_000))).toHaveLength(1);
    expect(await containers.infer('crashing', frame([16, 16, 16, 16]), 1_000)).toMatchObject({
      failure: 'unavailable',
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(changes).toEqual(['crashing unavailable']);
    await containers.restart('crashing');
    expect(containers.get('crashing')).toMatchObject({ state: 'ready', reason: null });
    expect(containers.get('crashing').pid).not.toBe(pid);
  });

  it('INV-65: that hangs answers nothing, holds nobody up and can be ended', async () => {
    const hang = `export default () => ({ async infer() { for (;;) ; } });`;
    const { containers, frame } = await open([{ id: 'hanging', handler: hang }]);
    await containers.start('hanging');
    const { pid } = containers.get('hanging');
    const asked = await Promise.all(
      Array.from({ length: 3 }, () => containers.infer('hanging', frame([235, 16, 16, 16]), 300)),
    );
    expect(asked.map((one) => !one.ok && one.failure)).toEqual(['timeout', 'timeout', 'timeout']);
    expect(containers.get('hanging').figures).toMatchObject({ timeouts: 3, answered: 0, inFlight: 0 });
    await containers.stop('hanging');
    expect(existsSync(`/proc/${pid ?? 0}`)).toBe(false);
  });

  it('INV-59, W-52: whose model is busy refuses at once, and gives no sign of life while it hangs', async () => {
    const hang = `export default () => ({ async infer() { for (;;) ; } });`;
    const { containers, frame } = await open([{ id: 'full', handler: hang, more: 'max_in_flight: 2' }]);
    await containers.start('full');
    const held = [1, 2].map(() => containers.infer('full', frame([235, 16, 16, 16]), 8_000));
    await expect.poll(() => containers.get('full').figures.inFlight, WAIT).toBe(2);
    // The model holds its own thread, not that of the socket.
    expect(await containers.infer('full', frame([235, 16, 16, 16]), 8_000)).toMatchObject({
      failure: 'busy',
    });
    expect(containers.get('full').figures).toMatchObject({ busy: 1, inFlight: 2, timeouts: 0 });
    expect(await Promise.all(held)).toMatchObject([{ failure: 'timeout' }, { failure: 'timeout' }]);
    expect(containers.get('full').heartbeatAgeMs).toBeGreaterThan(7_000);
  });

  it('INV-52: is one process however often it is started at once, and can be stopped while it loads', async () => {
    const { containers, frame } = await open([{ id: 'quarters' }]);
    await Promise.all([1, 2, 3].map(() => containers.start('quarters')));
    const { pid } = containers.get('quarters');
    await containers.start('quarters');
    expect(containers.get('quarters').pid).toBe(pid);
    expect(detected(await containers.infer('quarters', frame([235, 16, 16, 16]), 10_000))).toHaveLength(1);
    await containers.stop('quarters');

    const starting = containers.start('quarters').catch((error: unknown) => error);
    await expect.poll(() => containers.get('quarters').state, WAIT).toBe('starting');
    await containers.stop('quarters');
    expect(await starting).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('stopped') as string,
    });
    await Promise.allSettled([containers.start('quarters'), containers.restart('quarters')]);
    expect(containers.get('quarters').state).toBe('ready');
  });

  it('INV-63: does not grow with the number of requests', async () => {
    const { containers, frame } = await open([{ id: 'quarters' }]);
    await containers.start('quarters');
    const { pid } = containers.get('quarters');
    const rssKb = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1] ?? NaN);
    const descriptors = () => readdirSync(`/proc/${pid ?? 0}/fd`).length;
    const many = async (count: number) => {
      for (let done = 0; done < count; done++) {
        const result = await containers.infer('quarters', frame([235, 16, 16, 16]), 10_000);
        if (!result.ok) throw new Error(result.message);
      }
    };
    await many(1_500);
    const [before, held] = [rssKb(), descriptors()];
    await many(3_000);
    expect(rssKb() - before).toBeLessThan(16 * 1024);
    expect(descriptors()).toBe(held);
  });

  it('INV-65: that runs out of memory is ended and shown', async () => {
    const eat = `export default () => ({ async infer() { const all = []; for (;;) all.push(new Array(1e5).fill({})); } });`;
    const { containers, frame } = await open([{ id: 'eating', handler: eat }], ['--max-old-space-size=64']);
    await containers.start('eating');
    expect(await containers.infer('eating', frame([235, 16, 16, 16]), 60_000)).toMatchObject({ ok: false });
    await expect.poll(() => containers.get('eating').state, WAIT).toBe('unavailable');
    expect(containers.get('eating').reason).toMatch(/memory/);
  });

  it.each([
    [
      'weights of another checksum',
      { more: 'weights_sha256: ' + 'a'.repeat(64) },
      /not those that model.yaml describes/,
    ],
    ['an input of another type', { more: 'input_tensor: { dtype: float32 }' }, /dtype/],
    ['an input of another size', { more: 'expected_resolution: [32, 32]' }, /shape/],
    ['a handler without function', { handler: 'export const x = 1;' }, /export a function/],
    ['a handler that throws', { handler: 'throw new Error("no luck");' }, /no luck/],
    [
      'INV-64: a graphics card that must be there',
      { more: 'resource_requirements: { gpu_required: true, cpu_fallback_allowed: false }' },
      /No device can run this model.*cuda/,
    ],
  ])('with %s says so instead of starting', async (_name, model, why) => {
    await open([{ id: 'wrong', ...model }]);
    const failure = await world.containers.start('wrong').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(VasError);
    expect((failure as VasError).kind).toBe('unavailable');
    expect((failure as VasError).message).toMatch(why);
    expect(world.containers.get('wrong').state).toBe('unavailable');
  });
});

function runtimeSockets(): string[] {
  const root = process.env['XDG_RUNTIME_DIR'];
  if (root === undefined || !existsSync(path.join(root, 'vas'))) return [];
  return readdirSync(path.join(root, 'vas')).map((name) =>
    path.join(root, 'vas', name, 'vas_model_quarters.sock'),
  );
}
