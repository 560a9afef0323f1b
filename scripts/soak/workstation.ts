import type { QueryName, RequestInput, ResponseOf } from '../../contract';
import type { RunningApp } from '../../e2e/app';
import { launchApp } from '../../e2e/app';
import { until } from '../../e2e/support/wait';
import type { TileSample } from './judge';

const MODEL = 'ssdlite-mbv2-int8';
const KEY_OF_LAYOUT = (cameras: number) =>
  cameras <= 1 ? '1' : cameras <= 4 ? '2' : cameras <= 9 ? '3' : '4';

interface CodeResult<T> {
  readonly done: T;
}

/** The application under soak: the real one, watched and used without its page's inspector, which dies with the page. */
export class SoakWorkstation {
  readonly cameraIds: string[] = [];
  #app: RunningApp;

  private constructor(
    app: RunningApp,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.#app = app;
  }

  static async start(dataDir: string, options: { readonly ai: boolean }): Promise<SoakWorkstation> {
    const env = { VAS_LOG_LEVEL: 'info', AI_FRAME_EXPORT_ENABLED: options.ai ? '1' : '0' };
    return new SoakWorkstation(await launchApp({ dataDir, env }), env);
  }

  get app(): RunningApp {
    return this.#app;
  }

  /** Adds the cameras, records them and puts as many as fit on the wall. */
  async addCameras(urls: readonly string[]): Promise<void> {
    const { vas, page } = this.#app;
    for (const [index, rtsp_url] of urls.entries()) {
      const camera = {
        name: `Soak ${String(index + 1)}`,
        rtsp_url,
        transport: 'tcp',
        recording: true,
      } as const;
      this.cameraIds.push((await vas.command('devices.create', camera)).id);
    }
    for (const id of this.cameraIds)
      await vas.whenStream(id, 'runs', (state) => state.phase === 'running', 60_000);
    await page.reload();
    await page.getByTestId('live-grid').waitFor();
    await page.keyboard.press(KEY_OF_LAYOUT(urls.length));
  }

  /** Lets a detector look at the first camera. */
  async detect(): Promise<void> {
    const [camera_id = ''] = this.cameraIds;
    const request = { camera_id, model_id: MODEL, enabled: true, desired_fps: 2, priority: null };
    await this.#app.vas.command('ai-model-assignments.create', { ...request, parameters: null });
  }

  /** Runs code in the page through the main process. @returns null when the page does not answer */
  async inPage<T>(code: string, withinMs = 5_000): Promise<T | null> {
    const answer = await this.#app.electronApp.evaluate(
      ({ BrowserWindow }, { source, patience }): Promise<CodeResult<T> | null> => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents || contents.isCrashed() || contents.isLoading()) return Promise.resolve(null);
        // What was begun in a page that dies never ends.
        const never = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience));
        const run = contents.executeJavaScript(`(async () => ({ done: await (${source}) }))()`);
        return Promise.race([(run as Promise<CodeResult<T>>).catch(() => null), never]);
      },
      { source: code, patience: withinMs },
    );
    return answer === null ? null : answer.done;
  }

  /** @returns null when the page does not answer or the query failed */
  async query<N extends QueryName>(name: N, request: RequestInput<N>): Promise<ResponseOf<N> | null> {
    const reply = await this.inPage<{ ok: boolean; data: ResponseOf<N> }>(
      `window.vas.query(${JSON.stringify(name)}, ${JSON.stringify(request)})`,
    );
    return reply?.ok ? reply.data : null;
  }

  /** What every tile shows now. */
  async tiles(): Promise<TileSample[]> {
    const shown = await this.inPage<{ camera: string; state: string; frames: number }[]>(
      `[...document.querySelectorAll('[data-testid^="tile-"][data-camera-id][data-state]')].map((tile) => ({
        camera: tile.dataset.cameraId,
        state: tile.dataset.state,
        frames: Number(tile.querySelector('[data-testid="video"]')?.dataset.frames ?? 0),
      }))`,
      2_000,
    );
    const atMs = Date.now();
    return (shown ?? []).map(({ camera, state, frames }) => ({
      ...{ atMs, state, frames },
      camera: this.cameraIds.indexOf(camera),
    }));
  }

  /** Pid of a process of the kernel. @param camera number of the camera, null for one that serves all */
  async pidOf(kind: string, camera: number | null): Promise<number> {
    const stream = camera === null ? null : this.cameraIds[camera];
    return until(
      `a process ${kind}`,
      async () => {
        const health = await this.query('health.get', {});
        return health?.processes.find(
          (one) => one.kind === kind && (stream === null || one.stream === stream),
        )?.pid;
      },
      { timeoutMs: 20_000, everyMs: 200 },
    );
  }

  pagePid(): Promise<number> {
    return this.#app.electronApp.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    );
  }

  async containerPid(): Promise<number> {
    return until(
      'the container runs',
      async () => {
        const list = await this.query('model-containers.list', {});
        return list?.containers.find((one) => one.model_id === MODEL && one.state === 'ready')?.pid;
      },
      { timeoutMs: 30_000, everyMs: 500 },
    );
  }

  /** A container that failed waits for a person; here it is one. */
  async restartContainer(): Promise<void> {
    await until('the container is told to have failed', async () => {
      const list = await this.query('model-containers.list', {});
      return list?.containers.some((one) => one.model_id === MODEL && one.state === 'unavailable');
    });
    await this.inPage(
      `window.vas.command('model-containers.restart', ${JSON.stringify({ model_id: MODEL })})`,
    );
  }

  /** SIGKILL to the main process; its children end by themselves. */
  async kill(): Promise<void> {
    await this.#app.kill();
  }

  async restart(): Promise<void> {
    this.#app = await launchApp({ dataDir: this.#app.dataDir, env: this.env });
  }
}
