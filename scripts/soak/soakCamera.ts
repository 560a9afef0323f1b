import type { CameraServer } from '../cameras/camera';
import { startCameraServer } from '../cameras/camera';
import type { Relay } from '../cameras/faults';
import { freePort, startRelay } from '../cameras/faults';
import { h264 } from '../cameras/launches';
import type { SenderCamera } from '../cameras/senders';
import { footageCamera } from '../cameras/senders';
import type { CameraNetwork } from './namespaces';
import { makeNetwork } from './namespaces';
import { isRelayed } from './plan';
import { shiftedBy } from '../cameras/rtspShift';

const MOUNT = '/soak';
const TICKS_PER_SECOND = 90_000;
const SIZES = [
  { width: 640, height: 360 },
  { width: 480, height: 270 },
  { width: 704, height: 396 },
] as const;

export interface SoakCameraOptions {
  readonly index: number;
  /** In a network of its own, where packets can be lost. */
  readonly ownNetwork: boolean;
  readonly fps: number;
  readonly kbps: number;
  /** A clip that it shows instead of a test picture; it keeps its resolution then. */
  readonly footage?: string;
}

/** A camera of the soak, which can be hurt in every way a camera is. */
export class SoakCamera {
  #size = 0;
  #shift = 0;

  private constructor(
    private readonly options: SoakCameraOptions,
    private server: CameraServer,
    private readonly network: CameraNetwork | null,
    private readonly relay: Relay | null,
    private readonly sender: SenderCamera | null,
  ) {}

  static async start(options: SoakCameraOptions): Promise<SoakCamera> {
    const network = options.ownNetwork ? await makeNetwork(options.index) : null;
    let server: CameraServer | null = null;
    let sender: SenderCamera | null = null;
    try {
      if (options.footage !== undefined) sender = await footageCamera(options.footage, network?.command);
      server = await startServer(network, await freePort());
      let camera: SoakCamera | null = null;
      // Without networks every camera stands behind a relay, which then is its cable.
      const relay =
        network === null || isRelayed(options.index)
          ? await startRelay(server.port, 0, {
              ...(network ? { address: network.address } : {}),
              fromCamera: shiftedBy(() => camera?.shift ?? 0),
            })
          : null;
      camera = new SoakCamera(options, server, network, relay, sender);
      await camera.#mount();
      return camera;
    } catch (error) {
      await server?.stop();
      await sender?.stop();
      await network?.remove();
      throw error;
    }
  }

  /** 90 kHz ticks that the relay adds to the camera's time stamps. */
  get shift(): number {
    return this.#shift;
  }

  get url(): string {
    return this.relay ? `rtsp://127.0.0.1:${String(this.relay.port)}${MOUNT}` : this.server.url(MOUNT);
  }

  /** Process of the camera, whose CPU time is not the application's. */
  get pid(): number {
    return this.server.pid;
  }

  stall(): void {
    process.kill(this.server.pid, 'SIGSTOP');
  }

  goOn(): void {
    process.kill(this.server.pid, 'SIGCONT');
  }

  async pullCable(): Promise<void> {
    if (this.network) await this.network.setCable(false);
    else this.relay?.freeze();
  }

  async plugIn(): Promise<void> {
    if (this.network) await this.network.setCable(true);
    else this.relay?.thaw();
  }

  /** @throws Error without a network of its own */
  async lose(share: number): Promise<void> {
    if (!this.network) throw new Error('the camera has no network of its own');
    await this.network.setLoss(share);
  }

  async cut(): Promise<void> {
    await this.server.kick();
    this.relay?.cut();
  }

  async switchOff(): Promise<void> {
    await this.server.stop();
  }

  /** On again where it was, with another resolution. */
  async switchOn(): Promise<void> {
    this.#size = (this.#size + 1) % SIZES.length;
    this.server = await startServer(this.network, this.server.port);
    await this.#mount();
  }

  /** Its clock is set: time stamps jump by this many seconds. */
  jump(seconds: number): void {
    this.#shift = (this.#shift + seconds * TICKS_PER_SECOND) | 0;
  }

  async stop(): Promise<void> {
    this.goOn();
    await this.relay?.stop();
    await this.server.stop();
    await this.sender?.stop();
    await this.network?.remove();
  }

  #mount(): Promise<void> {
    const { fps, kbps } = this.options;
    const size = SIZES[this.#size] ?? SIZES[0];
    const launch = this.sender?.launch ?? h264({ ...size, fps, kbps });
    return this.server.mount({ path: MOUNT, launch });
  }
}

function startServer(network: CameraNetwork | null, port: number): Promise<CameraServer> {
  return startCameraServer({
    port,
    ...(network ? { address: network.address, command: network.command } : {}),
  });
}
