import type { ErrorKind } from '../../../base/errors';
import type { MediaOperation } from './operations';

export interface MediaRequest {
  readonly id: number;
  readonly operation: MediaOperation;
  readonly args: readonly unknown[];
}

export type MediaReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      /** Null unless a VasError was thrown. */
      readonly kind: ErrorKind | null;
      readonly message: string;
      /** Of the operating system: ENOSPC, ENOENT, ... */
      readonly code: string | null;
    };
