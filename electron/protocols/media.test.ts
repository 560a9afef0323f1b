import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VasError } from '../../main/base/errors';
import { parseRange, serveMedia } from './media';

describe('range of a media request', () => {
  it.each([
    [null, 100, null],
    ['', 100, null],
    ['bytes=-', 100, null],
    ['bytes=0-9,20-29', 100, null],
    ['items=0-9', 100, null],
    ['bytes=0-9', 100, [0, 9]],
    ['bytes=90-', 100, [90, 99]],
    ['bytes=90-500', 100, [90, 99]],
    ['bytes=-10', 100, [90, 99]],
    ['bytes=-500', 100, [0, 99]],
    ['bytes=100-', 100, 'unsatisfiable'],
    ['bytes=20-10', 100, 'unsatisfiable'],
    ['bytes=-0', 100, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
  ])('%s of %i bytes is %o', (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected);
  });

  it('never leaves the file', () => {
    fc.assert(
      fc.property(fc.nat(), fc.option(fc.nat()), fc.option(fc.nat()), (size, from, to) => {
        const range = parseRange(
          `bytes=${from === null ? '' : String(from)}-${to === null ? '' : String(to)}`,
          size,
        );
        if (!Array.isArray(range)) return;
        expect(range[0]).toBeGreaterThanOrEqual(0);
        expect(range[1]).toBeGreaterThanOrEqual(range[0]);
        expect(range[1]).toBeLessThan(size);
      }),
    );
  });
});

describe('recordings that are closed', () => {
  const asked = (isEnding: boolean): Promise<Response> => {
    let answer: ((request: Request) => Response | Promise<Response>) | null = null;
    const protocol = { handle: (_scheme: string, handler: typeof answer) => void (answer = handler) };
    serveMedia({ protocol } as unknown as Parameters<typeof serveMedia>[0], {
      file: () => Promise.resolve(null),
      playback: () => Promise.reject(new VasError('not_found', 'This recording is not open any more.')),
      isEnding: () => isEnding,
    });
    const handler = answer as ((request: Request) => Promise<Response>) | null;
    if (handler === null) throw new Error('nothing serves the media');
    return handler(new Request('vas-media://playback/1/list'));
  };

  it('are refused', async () => {
    expect((await asked(false)).status).toBe(404);
  });

  it('are not answered any more while the application is quit', async () => {
    const nothing = new Promise((resolve) => setTimeout(resolve, 100, 'nothing'));
    expect(await Promise.race([asked(true), nothing])).toBe('nothing');
  });
});
