import type { Device, DeviceCreate, DeviceUpdate, ProbeReport } from '../../../contract';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { VasError, messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import { Turns } from '../../base/turns';
import type { DeviceRow, Store } from '../../store/types';
import type { SecretVault } from '../secrets';
import type { StreamEndpoint, StreamInfo, StreamRole } from '../streams';
import { streamIdOf } from '../streams';
import { changesConnection, emptyToNull, newRow, patchOf } from './cameraRows';
import { Credentials, credentialsOf } from './credentials';
import { parseInfo, toDevice } from './deviceShape';
import type { IngestControl, Probe, RecordingSwitch, StreamSpec } from './ports';
import { SubStreams } from './subStreams';

export interface CamerasOptions {
  readonly store: Store;
  readonly vault: SecretVault;
  readonly ingest: IngestControl;
  readonly recording: RecordingSwitch;
  readonly probe: Probe;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface ValidateRequest {
  readonly id?: string | undefined;
  readonly rtsp_url: string;
  readonly sub_rtsp_url?: string | null | undefined;
  readonly username?: string | null | undefined;
  readonly password?: string | null | undefined;
  readonly transport?: 'tcp' | 'udp' | undefined;
}

/** The workstation's cameras: what is stored of them, and which of their streams shall run. */
export class CameraService implements Disposable {
  readonly #options: CamerasOptions;
  readonly #credentials: Credentials;
  readonly #subs: SubStreams;
  readonly #changed = new Emitter<string>();
  /** One change of a camera at a time (W-75). */
  readonly #turns = new Turns();

  constructor(options: CamerasOptions) {
    this.#options = options;
    this.#credentials = new Credentials(options.vault, options.store.read);
    this.#subs = new SubStreams(
      options.clock,
      (cameraId) =>
        void this.#turns
          // In its turn: it may be stopped meanwhile.
          .run(cameraId, async () => this.#startSub(await this.#row(cameraId)))
          .catch((error: unknown) => this.#logFailure(cameraId, error)),
      (cameraId) => void options.ingest.stop(streamIdOf(cameraId, 'sub')),
    );
  }

  /** A camera's switches were changed; the value is its id. */
  onChanged(listener: (cameraId: string) => void): Disposable {
    return this.#changed.on(listener);
  }

  /** Starts every camera that the operator wants to run. */
  async start(): Promise<void> {
    const { rows } = await this.#options.store.read.listDevices();
    for (const row of rows) {
      this.#options.recording.setRecording(row.id, row.recording, row.schedule);
      this.#startWanted(row);
    }
  }

  /** The store was changed by somebody else: streams follow what stands there now, one camera after the other. */
  async reload(cameras: readonly { readonly id: string; readonly reconnect: boolean }[]): Promise<void> {
    for (const { id, reconnect } of cameras)
      await this.#turns.run(id, async () => {
        const row = await this.#options.store.read.getDevice(id);
        if (!row) this.#subs.forget(id);
        if (reconnect) await this.#stopStreams(id, row?.isActive === true ? 'reconnect' : 'stop');
        if (row) this.#options.recording.setRecording(row.id, row.recording, row.schedule);
        else this.#options.recording.forget(id);
        if (reconnect && row) this.#startWanted(row);
        this.#changed.emit(id);
      });
  }

  async list(page: { skip: number; limit: number }): Promise<{ devices: Device[]; total: number }> {
    const { rows, total } = await this.#options.store.read.listDevices({
      offset: page.skip,
      limit: page.limit,
    });
    return { devices: rows.map(toDevice), total };
  }

  /** @throws VasError not_found */
  async get(id: string): Promise<Device> {
    return toDevice(await this.#row(id));
  }

  /** @throws VasError conflict for a known address or when the user must agree to weak protection first */
  async create(request: DeviceCreate): Promise<Device> {
    const { store, clock, recording } = this.#options;
    const row = await store.write.createDevice(await newRow(request, this.#credentials, clock.wallUs()));
    recording.setRecording(row.id, row.recording, row.schedule);
    this.#startWanted(row);
    this.#changed.emit(row.id);
    return toDevice(row);
  }

  /** A changed address, user, password or transport restarts the streams; nothing else does. */
  update(request: DeviceUpdate): Promise<Device> {
    return this.#turns.run(request.id, async () => {
      const before = await this.#row(request.id);
      const patch = await patchOf(request, this.#credentials, this.#options.clock.wallUs());
      const row = await this.#options.store.write.updateDevice(request.id, patch);
      this.#options.recording.setRecording(row.id, row.recording, row.schedule);
      this.#changed.emit(row.id);
      if (changesConnection(before, patch)) {
        await this.#stopStreams(row.id, 'reconnect');
        this.#startWanted(row);
      }
      return toDevice(row);
    });
  }

  /** Stops it and leaves a tombstone: its history stays. @throws VasError not_found */
  delete(id: string): Promise<void> {
    return this.#turns.run(id, async () => {
      await this.#row(id);
      this.#subs.forget(id);
      await this.#stopStreams(id, 'stop');
      await this.#options.store.write.deleteDevice(id, this.#options.clock.wallUs());
      this.#options.recording.forget(id);
      this.#changed.emit(id);
    });
  }

  startStream(id: string): Promise<Device> {
    return this.#turns.run(id, async () => {
      const row = await this.#setActive(id, true);
      this.#startWanted(row);
      return toDevice(row);
    });
  }

  stopStream(id: string): Promise<Device> {
    return this.#turns.run(id, async () => {
      const row = await this.#setActive(id, false);
      await this.#stopStreams(id, 'stop');
      return toDevice(row);
    });
  }

  /** Connects to the given addresses; with `id` the stored password stands in for one that was not given. */
  async validate(request: ValidateRequest): Promise<{ main: ProbeReport; sub: ProbeReport | null }> {
    const { username, password } = await this.#validationCredentials(request);
    const endpoint = (url: string): StreamEndpoint => ({
      url,
      transport: request.transport ?? 'tcp',
      credentials: credentialsOf(username, password),
    });
    const main = await this.#options.probe(endpoint(request.rtsp_url));
    const subUrl = request.sub_rtsp_url ?? null;
    return { main, sub: subUrl === null ? null : await this.#options.probe(endpoint(subUrl)) };
  }

  /**
   * Keeps the camera's sub-stream open until the result is disposed.
   * @throws VasError not_found without a sub-stream, unavailable when the camera is stopped
   */
  async acquireSub(cameraId: string): Promise<{ dispose(): void }> {
    const row = await this.#row(cameraId);
    if (row.subRtspUrl === null) throw new VasError('not_found', 'This camera has no sub-stream.');
    if (!row.isActive) throw new VasError('unavailable', 'The camera is stopped. Start it first.');
    return this.#subs.acquire(cameraId);
  }

  /** Remembers what ingest found, so that the next start needs no probe. */
  async rememberInfo(cameraId: string, role: StreamRole, info: StreamInfo): Promise<void> {
    await this.#options.store.write.setDeviceInfo(cameraId, role, JSON.stringify(info));
    this.#changed.emit(cameraId);
  }

  dispose(): void {
    this.#subs.dispose();
  }

  /** What was given; what was left out is taken from the stored camera. */
  async #validationCredentials(
    request: ValidateRequest,
  ): Promise<{ username: string | null; password: string | null }> {
    const given = { username: emptyToNull(request.username), password: request.password ?? null };
    if (request.id === undefined) return given;
    const row = await this.#row(request.id);
    return {
      username: request.username === undefined ? row.username : given.username,
      password: given.password ?? (await this.#credentials.open(row.id)),
    };
  }

  async #row(id: string): Promise<DeviceRow> {
    const row = await this.#options.store.read.getDevice(id);
    if (!row) throw new VasError('not_found', 'There is no such camera. It may have been deleted.');
    return row;
  }

  async #setActive(id: string, isActive: boolean): Promise<DeviceRow> {
    await this.#row(id);
    const row = await this.#options.store.write.updateDevice(id, {
      isActive,
      nowUs: this.#options.clock.wallUs(),
    });
    this.#changed.emit(id);
    return row;
  }

  /** The main stream of a camera that shall run, and its sub-stream while somebody needs that. */
  #startWanted(row: DeviceRow): void {
    if (row.isActive) this.#options.ingest.start(this.#spec(row, 'main', row.rtspUrl, row.mainInfo));
    this.#startSub(row);
  }

  #startSub(row: DeviceRow): void {
    if (row.isActive && row.subRtspUrl !== null && this.#subs.has(row.id))
      this.#options.ingest.start(this.#spec(row, 'sub', row.subRtspUrl, row.subInfo));
  }

  #spec(row: DeviceRow, role: StreamRole, url: string, infoJson: string | null): StreamSpec {
    return {
      streamId: streamIdOf(row.id, role),
      cameraId: row.id,
      info: parseInfo(infoJson),
      endpoint: async () => ({
        url,
        transport: row.transport,
        credentials: credentialsOf(
          row.username,
          row.hasPassword ? await this.#credentials.open(row.id) : null,
        ),
      }),
    };
  }

  async #stopStreams(cameraId: string, next: 'reconnect' | 'stop'): Promise<void> {
    const { ingest, recording } = this.#options;
    await Promise.all([ingest.stop(streamIdOf(cameraId, 'main')), ingest.stop(streamIdOf(cameraId, 'sub'))]);
    // A camera that the operator stopped or deleted leaves nothing behind but what was recorded.
    if (next === 'stop') await recording.dropBuffer(cameraId);
  }

  #logFailure(cameraId: string, error: unknown): void {
    this.#options.log.warn({ cameraId, reason: messageOf(error) }, 'the sub-stream could not be started');
  }
}
