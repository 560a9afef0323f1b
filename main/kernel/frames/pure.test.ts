import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseDecoding, parseMethods, type DecodeOffer } from './acceleration';
import { CameraSubscriptions } from './cameraSubscriptions';
import { decoderArguments } from './decoderArguments';
import { decoderRate, mustChange } from './decoderRate';
import { Epochs } from './epochs';

describe('the rate of the decoder', () => {
  it.each([
    [[5], 30, 10],
    [[1, 5, 3], 25, 10],
    [[0.5], 15, 1],
    [[0.2], 15, 1],
    [[7.5], 30, 15],
    [[15], 30, null],
    [[20], 30, null],
    [[5], null, 10],
    [[5], 10, null],
    [[5], 4, null],
  ])('%j wanted of %s: %s', (wanted, source, expected) => {
    expect(decoderRate(wanted, source)).toBe(expected);
  });

  it('is at least twice the highest that is wanted, or all there is', () => {
    const fps = fc.double({ min: 0.1, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.array(fps, { minLength: 1 }), fps, (wanted, source) => {
        const rate = decoderRate(wanted, source) ?? source;
        expect(rate).toBeGreaterThanOrEqual(Math.min(source, 2 * Math.max(...wanted)));
        expect(rate).toBeLessThanOrEqual(source);
      }),
    );
  });

  it.each([
    [10, 10, 'no'],
    [null, null, 'no'],
    [10, 20, 'at once'],
    [10, null, 'at once'],
    [20, 12, 'no'],
    [20, 10, 'later'],
    [null, 10, 'later'],
  ] as const)('a decoder that gives %s is changed for %s: %s', (current, needed, expected) => {
    expect(mustChange(current, needed)).toBe(expected);
  });
});

describe('decoding in hardware', () => {
  const linux: DecodeOffer = { platform: 'linux', methods: [], devices: [] };
  it.each<[string, string, Partial<DecodeOffer>, boolean, string | null]>([
    ['nothing is offered', 'h264', {}, false, null],
    ['a method without its device', 'h264', { methods: ['vaapi', 'cuda'] }, false, null],
    ['a device without its method', 'h264', { devices: ['/dev/dri/renderD128'] }, false, null],
    ['VA-API', 'hevc', { methods: ['vaapi'], devices: ['/dev/dri/renderD128'] }, false, 'vaapi'],
    [
      'NVIDIA first',
      'h264',
      { methods: ['vaapi', 'cuda'], devices: ['/dev/dri/renderD128', '/dev/nvidia0'] },
      false,
      'cuda',
    ],
    ['it failed before', 'h264', { methods: ['vaapi'], devices: ['/dev/dri/renderD128'] }, true, null],
    [
      'a codec that few decode',
      'mpeg4',
      { methods: ['vaapi'], devices: ['/dev/dri/renderD128'] },
      false,
      null,
    ],
    ['a Mac', 'h264', { platform: 'darwin', methods: ['videotoolbox'] }, false, 'videotoolbox'],
    ['Windows', 'h264', { platform: 'win32', methods: ['d3d11va', 'dxva2'] }, false, 'd3d11va'],
    ['NVIDIA control files', 'h264', { methods: ['cuda'], devices: ['/dev/nvidiactl'] }, false, null],
  ])('%s', (_name, codec, offer, failed, method) => {
    const choice = chooseDecoding(codec, { ...linux, ...offer }, failed);
    expect(choice.method).toBe(method);
    expect(choice.args).toEqual(
      method === null
        ? []
        : ['-hwaccel', method, ...(method === 'vaapi' ? ['-hwaccel_device', '/dev/dri/renderD128'] : [])],
    );
    expect(choice.reason).not.toBe('');
  });

  it('reads what FFmpeg lists', () => {
    expect(parseMethods('Hardware acceleration methods:\nvdpau\ncuda\nvaapi\n\n')).toEqual([
      'vdpau',
      'cuda',
      'vaapi',
    ]);
    expect(parseMethods('')).toEqual([]);
  });
});

describe('arguments of the decoder', () => {
  const software = { method: null, args: [], reason: '' };
  it('keep time stamps and name no address', () => {
    const args = decoderArguments(software, 10);
    expect(args).toContain('-copyts');
    expect(args[args.indexOf('-i') + 1]).toBe('pipe:0');
    expect(args.at(-1)).toBe('pipe:1');
    expect(args[args.indexOf('-vf') + 1]).toBe(
      "select='isnan(prev_selected_t)+gt(floor((t+0.0001)*10),floor((prev_selected_t+0.0001)*10))',format=nv12",
    );
  });
  it('hold no picture back, and nothing of each for ever', () => {
    const args = decoderArguments(software, null);
    const output = args.slice(args.indexOf('-i'));
    expect(output[output.indexOf('-threads') + 1]).toBe('1');
    expect(output[output.indexOf('-write_index') + 1]).toBe('0');
    expect(args.join(' ')).not.toContain('nobuffer');
  });
  it('take every frame without a rate, and hardware before the input', () => {
    const args = decoderArguments({ method: 'vaapi', args: ['-hwaccel', 'vaapi'], reason: '' }, null);
    expect(args[args.indexOf('-vf') + 1]).toBe('format=nv12');
    expect(args.indexOf('-hwaccel')).toBeLessThan(args.indexOf('-i'));
  });
  it.each([0, -1, NaN, Infinity])('refuse the rate %d', (rate) => {
    expect(() => decoderArguments(software, rate)).toThrow(RangeError);
  });
});

describe('epochs', () => {
  function stored(initial: Record<string, number> = {}) {
    const values = new Map(Object.entries(initial));
    return {
      values,
      read: (id: string) => Promise.resolve(values.get(id) ?? null),
      write: (id: string, next: number) => Promise.resolve(void values.set(id, next)),
    };
  }

  it('come once each, also after a crash at any moment (INV-21)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ crash: fc.boolean(), use: fc.integer({ min: 0, max: 4 }) })),
        async (steps) => {
          const store = stored();
          let epochs = new Epochs(store);
          let last = 0;
          for (const { crash, use } of steps) {
            if (crash) epochs = new Epochs(store);
            const range = await epochs.reserve('a', 4);
            expect(range.count).toBe(4);
            expect(range.first).toBeGreaterThan(last);
            // What is given out is stored as used before.
            expect(store.values.get('a')).toBeGreaterThanOrEqual(range.first + range.count);
            if (use > 0) last = range.first + use - 1;
            epochs.giveBack('a', range, last);
          }
        },
      ),
    );
  });

  it('are not given to two that ask at once, or while another has them', async () => {
    const epochs = new Epochs(stored());
    const [main, sub] = await Promise.all([epochs.reserve('a', 4), epochs.reserve('a', 4)]);
    expect([main, sub]).toEqual([
      { first: 1, count: 4 },
      { first: 5, count: 4 },
    ]);
    // The one before the last cannot be given again: what comes must be greater than all before.
    epochs.giveBack('a', main, 1);
    expect(await epochs.reserve('a', 4)).toEqual({ first: 9, count: 4 });
  });

  it('that were not used cost nothing, however often that happens', async () => {
    const store = stored();
    const epochs = new Epochs(store);
    for (let run = 0; run < 100; run++) epochs.giveBack('a', await epochs.reserve('a', 4), 0);
    expect(store.values.get('a')).toBe(33);
  });

  it('of cameras are their own, and a used-up camera is told so', async () => {
    const store = stored({ b: 2 ** 20 - 3 });
    const epochs = new Epochs(store);
    expect(await epochs.reserve('a', 4)).toMatchObject({ first: 1 });
    await expect(epochs.reserve('b', 4)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('wishes for one camera', () => {
  function camera(openSub: () => Promise<{ dispose(): void }>) {
    const events: string[] = [];
    const wishes = new CameraSubscriptions({
      openSub: () => {
        events.push('open');
        return openSub();
      },
      onRole: () => events.push('role'),
      onFailure: () => events.push('failed'),
    });
    return { events, wishes };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('use the sub-stream while everybody agrees, and let go of it after', async () => {
    const released: number[] = [];
    const { wishes, events } = camera(() => Promise.resolve({ dispose: () => released.push(1) }));
    const one = wishes.add({ fps: 5, stream: 'sub' });
    expect(wishes.role).toBe('sub');
    await turn();
    const two = wishes.add({ fps: 2 });
    expect([wishes.role, wishes.rates]).toEqual(['main', [5, 2]]);
    expect(released).toEqual([1]);
    expect(wishes.remove(two)).toBe(true);
    expect(wishes.role).toBe('sub');
    await turn();
    wishes.remove(one);
    expect(wishes.empty).toBe(true);
    expect([released, events]).toEqual([
      [1, 1],
      ['open', 'open'],
    ]);
    expect(wishes.remove(one)).toBe(false);
  });

  it('let go of a sub-stream that opens too late', async () => {
    let released = 0;
    const { wishes } = camera(() => Promise.resolve({ dispose: () => released++ }));
    wishes.remove(wishes.add({ fps: 5, stream: 'sub' }));
    await turn();
    expect(released).toBe(1);
  });

  it('fall back to the main stream of a camera without a sub-stream', async () => {
    const { wishes, events } = camera(() => Promise.reject(new Error('none')));
    wishes.add({ fps: 5, stream: 'sub' });
    await turn();
    expect(wishes.role).toBe('main');
    expect(events).toEqual(['open', 'failed', 'role']);
  });

  it.each([0, 0.05, 61, NaN])('refuse %d frames per second', (fps) => {
    const { wishes } = camera(() => Promise.reject(new Error()));
    expect(() => wishes.add({ fps })).toThrow('0.1 to 60');
    expect(wishes.empty).toBe(true);
  });
});
