import path from 'node:path';
import type { RequestOf, ResponseOf } from '../../contract';
import type { Clock } from '../base/clock';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { ModelContainers } from '../containers/containers';
import { dryRun } from '../containers/dryRun';
import type { StillSource } from '../containers/stillPicture';
import { decodeStill, showStill } from '../containers/stillPicture';
import type { NativeDialogs } from '../settings/dialogs';
import { Tokens } from '../settings/tokens';

/** Findings below it are not asked for: the window filters the rest as its user likes. */
const LEAST_CONFIDENCE = 0.1;

export interface TrialsOptions {
  /** Null when the flag is off. */
  readonly containers: ModelContainers | null;
  /** A camera uses the model. */
  readonly isWanted: (modelId: string) => boolean;
  /** What the camera shows now, as JPEG. @throws VasError not_found, unavailable */
  readonly livePicture: (cameraId: string) => Promise<{ readonly jpeg: Uint8Array }>;
  readonly exportDir: string;
  readonly ffmpeg: string;
  readonly dialogs: NativeDialogs;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Shows models single pictures before cameras use them. Stores nothing. */
export class Trials {
  readonly #options: TrialsOptions;
  readonly #pictures = new Tokens<string>();
  /** By model, the windows that try it, from before its picture is read until they close the trial. */
  readonly #open = new Map<string, Set<string>>();
  /** Models whose containers run for trials only. */
  readonly #started = new Set<string>();

  constructor(options: TrialsOptions) {
    this.#options = { ...options, log: options.log.child({ part: 'trials' }) };
  }

  async choosePicture(owner: string): Promise<ResponseOf<'model-trials.choose-picture'>> {
    const file = await this.#options.dialogs.openFile({
      title: 'Choose a picture',
      kind: { name: 'JPEG or PNG pictures', extension: 'jpg', otherExtensions: ['jpeg', 'png'] },
    });
    if (file === null) return { picture: null };
    return { picture: { token: this.#pictures.keep(owner, file), name: path.basename(file) } };
  }

  /** @throws VasError not_found, invalid, unavailable; see the channel */
  async run(owner: string, request: RequestOf<'model-trials.run'>): Promise<ResponseOf<'model-trials.run'>> {
    const { containers, livePicture, clock, exportDir } = this.#options;
    if (containers === null)
      throw new VasError(
        'unavailable',
        'The frame export is switched off, so no model runs. Switch it on in Settings.',
      );
    const { model_id: modelId, source } = request;
    const { manifest } = containers.get(modelId);
    this.#enter(owner, modelId);
    const still: StillSource =
      'token' in source
        ? { file: this.#pictures.peek(owner, source.token) }
        : { jpeg: (await livePicture(source.camera_id)).jpeg };
    const [picture, jpeg] = await Promise.all([
      decodeStill(still, this.#options),
      showStill(still, this.#options),
    ]);
    // Closed meanwhile: nobody would stop what was started now.
    if (!this.#open.get(modelId)?.has(owner)) throw new VasError('unavailable', 'The trial was closed.');
    await this.#start(modelId, containers);
    const beganUs = clock.monotonicUs();
    const config = { confidence_threshold: LEAST_CONFIDENCE };
    const result = await dryRun(modelId, picture, config, { containers, exportDir, clock });
    if (!result.ok) throw new VasError('unavailable', `The model gave no answer: ${result.message}.`);
    const { device } = containers.get(modelId);
    return {
      jpeg: new Uint8Array(jpeg),
      width: picture.width,
      height: picture.height,
      detections: result.detections.map(({ class_name, confidence, bbox, keypoints }) => ({
        ...{ class_name, confidence, bbox },
        keypoints: keypoints ?? null,
      })),
      least_confidence: LEAST_CONFIDENCE,
      own_confidence: manifest.confidence_threshold,
      model_ms: result.inferenceMs,
      total_ms: (clock.monotonicUs() - beganUs) / 1000,
      device: device?.actual ?? null,
    };
  }

  /** Stops the container when it only ran for this window's trial. */
  async close(owner: string, modelId: string): Promise<void> {
    const owners = this.#open.get(modelId);
    if (!owners?.delete(owner) || owners.size > 0) return;
    this.#open.delete(modelId);
    if (!this.#started.delete(modelId) || this.#options.isWanted(modelId)) return;
    await this.#options.containers?.stop(modelId);
  }

  closeOwner(owner: string): void {
    this.#pictures.closeOwner(owner);
    for (const modelId of [...this.#open.keys()])
      this.close(owner, modelId).catch((error: unknown) =>
        this.#options.log.warn({ model: modelId, reason: messageOf(error) }, 'a model could not be stopped'),
      );
  }

  #enter(owner: string, modelId: string): void {
    const owners = this.#open.get(modelId);
    if (owners === undefined) this.#open.set(modelId, new Set([owner]));
    else owners.add(owner);
  }

  /** A person asks for it, so a container that failed is given another chance (INV-48). */
  async #start(modelId: string, containers: ModelContainers): Promise<void> {
    const { state } = containers.get(modelId);
    if (state === 'stopped' || state === 'unavailable') this.#started.add(modelId);
    await containers.start(modelId);
  }
}
