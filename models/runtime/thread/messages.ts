import type { ContainerConfig, DeviceReport } from '../../../contract/inference/control';
import type { InferenceRequest, InferenceResponse } from '../../../contract/inference/messages';

/** What a container's socket thread and the thread of its model say to each other; never pixels. */

export type ToModel =
  | { readonly type: 'load'; readonly config: ContainerConfig }
  /** `cameMs`: when the socket thread had read the request, by `monotonicMs`. */
  | { readonly type: 'ask'; readonly request: InferenceRequest; readonly cameMs: number }
  /** Answered in turn: a model that hangs does not answer. */
  | { readonly type: 'ping' }
  | { readonly type: 'end' };

export type FromModel =
  | { readonly type: 'loaded'; readonly device: DeviceReport; readonly weightsSha256: string }
  | { readonly type: 'failed'; readonly message: string }
  /** In the order of the requests. */
  | { readonly type: 'answer'; readonly response: InferenceResponse }
  | { readonly type: 'pong' };

/** A clock that all threads of a process share, milliseconds. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
