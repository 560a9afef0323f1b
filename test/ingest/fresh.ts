import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { CameraServer } from '../../scripts/cameras/camera';
import { startCameraServer } from '../../scripts/cameras/camera';
import { Bench, children } from './support';

/** What the tests of a file have: one camera server, and a bench each. */
export interface Fresh {
  readonly server: CameraServer;
  readonly bench: Bench;
}

/** To be called at the top of a file. A test that leaves an FFmpeg behind fails. */
export function freshBenches(): Fresh {
  let server: CameraServer;
  let bench: Bench;
  beforeAll(async () => {
    server = await startCameraServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    bench = await Bench.create();
  });
  afterEach(async () => {
    await bench.dispose();
    expect(await children()).toBe(0);
  });
  return {
    get server() {
      return server;
    },
    get bench() {
      return bench;
    },
  };
}
