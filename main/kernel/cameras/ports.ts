import type { ProbeReport } from '../../../contract';
import { VasError, messageOf } from '../../base/errors';
import type { StreamEndpoint, StreamId, StreamInfo } from '../streams';

/** What the cameras service asks of ingest. */
export interface IngestControl {
  /** Starts the supervisor of a stream; one that runs is left alone. */
  start(spec: StreamSpec): void;
  /** Resolves when nothing of the stream is left. */
  stop(streamId: StreamId): Promise<void>;
}

/** A stream that shall run. */
export interface StreamSpec {
  readonly streamId: StreamId;
  readonly cameraId: string;
  /**
   * Read at each attempt, so that a password is opened only when it is needed.
   * @throws VasError of `keyStoreFailure` when the key store cannot open the password
   */
  readonly endpoint: () => Promise<StreamEndpoint>;
  /** What the last probe found, so that a start needs none; null before the first. */
  readonly info: StreamInfo | null;
}

/** Tells a key store that is locked from everything else that may keep a password from being read. */
const KEY_STORE = 'key_store';

export function keyStoreFailure(cause: unknown): VasError {
  return new VasError('unavailable', messageOf(cause), { cause, details: { code: KEY_STORE } });
}

export function isKeyStoreFailure(error: unknown): boolean {
  return error instanceof VasError && (error.details as { code?: unknown } | undefined)?.code === KEY_STORE;
}

/** Connects once, looks at the stream and lets go. Failing to connect is an answer. */
export type Probe = (endpoint: StreamEndpoint) => Promise<ProbeReport>;

/** Where the recording switch goes; switching never restarts an ingest. */
export interface RecordingSwitch {
  /**
   * The operator's switch and the weekly schedule, which counts while the switch is on; both at once.
   * @param week as in the contract (`weekSchedule`); null: always
   */
  setRecording(cameraId: string, on: boolean, week: string | null): void;
  /** The camera is deleted. */
  forget(cameraId: string): void;
  /** Removes footage that is only kept for a while because recording is off. */
  dropBuffer(cameraId: string): Promise<void>;
}
