import type { Right, CameraRight, Operator } from '../../users/operator';
import type { AuditNote } from '../../audit/audit';

/**
 * anyone: also without anybody signed in, and while the workstation is locked. user: whoever is signed in.
 * Otherwise the right that the role must have (main/users/operator.ts).
 */
export type Needed = 'anyone' | 'user' | Right;

/** How the cameras of a thing are found where the request names only the thing. */
export interface CameraFinder {
  snapshot(id: string): Promise<string | null>;
  bookmark(id: string): Promise<string | null>;
  event(id: string): Promise<string | null>;
  alert(id: string): Promise<string | null>;
  /** Of a lock on footage. */
  lock(id: string): Promise<readonly string[]>;
  /** Of an evidence package that is or was being made. */
  evidence(id: string): Promise<readonly string[]>;
}

type Cameras = readonly (string | null | undefined)[];

/**
 * What a channel needs, checked before its handler runs. `Q` is its request, `R` its response (of a
 * subscription: each value).
 */
export interface Rule<Q = never, R = never> {
  readonly needs: Needed | ((request: Q) => Needed);
  /** The cameras that the request is about; null and undefined are left out. Each must be allowed. */
  readonly cameras?: (request: Q, find: CameraFinder) => Cameras | Promise<Cameras>;
  /** What is needed of each camera. Default: what the right says, else that it may be seen at all. */
  readonly cameraRight?: CameraRight;
  /** Cuts a request down to what the operator may see. Only asked for operators who do not see every camera. */
  readonly narrow?: (request: Q, operator: Operator) => Q;
  /** Leaves out of an answer what the operator may not see. Only asked for those who do not see every camera. */
  readonly filter?: (value: R, operator: Operator, request: Q) => R;
  /** What is left of an answer for `anyone` while nobody is signed in. Default: all of it. */
  readonly filterSignedOut?: (value: R) => R;
  /**
   * What the audit log says besides action, cameras and outcome; null: nothing happened (a cancelled dialog), so
   * nothing is written. False: never written when done; refusals of commands always are. Default: commands that
   * are done or failed are written, queries are not.
   */
  readonly audit?: false | ((request: Q, response: R | null) => Pick<AuditNote, 'object' | 'detail'> | null);
}

const CAMERA_RIGHTS: Partial<Record<Needed, CameraRight>> = {
  'live.watch': 'live',
  'playback.watch': 'playback',
  export: 'export',
};

/** What a rule wants of each camera. */
export function cameraRightOf(rule: Pick<Rule, 'cameraRight'>, needed: Needed): CameraRight | 'any' {
  return rule.cameraRight ?? CAMERA_RIGHTS[needed] ?? 'any';
}
