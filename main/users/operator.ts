import type { Caller } from '../base/caller';
import type { UserRole, UserRow } from '../store/types';

/** What somebody may do with a camera. */
export type CameraRight = 'live' | 'playback' | 'export';

/** What somebody may do at all. What it means for the single roles: `ROLE_RIGHTS`. */
const RIGHTS = [
  /** Watch a camera live. */
  'live.watch',
  /** Watch and search what was recorded. */
  'playback.watch',
  /** Take footage, pictures or lists out of the workstation. */
  'export',
  /** Take snapshots and bookmarks. */
  'capture.create',
  /** Label and delete snapshots and bookmarks. */
  'capture.change',
  'events.review',
  'alerts.acknowledge',
  /** Named layouts. */
  'layouts.edit',
  /** Keep footage from being deleted, and let go of it. */
  'lock',
  /** End the application, and the recording with it. */
  'application.quit',
  /** Delete recordings by hand. */
  'archive.delete',
  /** Add, change, start, stop and delete cameras and their groups. */
  'cameras.configure',
  /** Settings, storage, models, assignments, backup. */
  'configure',
  'users.manage',
  'audit.read',
] as const;
export type Right = (typeof RIGHTS)[number];

const VIEWER = ['live.watch', 'playback.watch'] as const satisfies readonly Right[];
const OPERATOR = [
  ...VIEWER,
  ...(['export', 'capture.create', 'capture.change', 'events.review', 'alerts.acknowledge'] as const),
  ...(['layouts.edit', 'lock', 'application.quit'] as const),
] as const satisfies readonly Right[];

/** Rights of the roles. A viewer may export from cameras for which that was allowed one by one. */
export const ROLE_RIGHTS: Readonly<Record<UserRole, readonly Right[]>> = {
  administrator: RIGHTS,
  operator: OPERATOR,
  viewer: VIEWER,
};

/** Of all cameras, when none are chosen. */
const ROLE_CAMERAS: Readonly<Record<UserRole, readonly CameraRight[]>> = {
  administrator: ['live', 'playback', 'export'],
  operator: ['live', 'playback', 'export'],
  viewer: ['live', 'playback'],
};

/** Somebody who works at this workstation, and what they may. */
export class Operator implements Caller {
  readonly id: string;
  readonly name: string;
  readonly role: UserRole;
  /** Null: every camera, as the role allows. */
  readonly #chosen: ReadonlyMap<string, ReadonlySet<CameraRight>> | null;

  constructor(user: Pick<UserRow, 'id' | 'name' | 'role' | 'access' | 'cameras'>) {
    this.id = user.id;
    this.name = user.name;
    this.role = user.role;
    this.#chosen =
      user.access === 'all' || user.role === 'administrator'
        ? null
        : new Map(
            user.cameras.map((one) => [
              one.id,
              new Set((['live', 'playback', 'export'] as const).filter((right) => one[right])),
            ]),
          );
  }

  /** Sees every camera there is and will be. */
  get seesAll(): boolean {
    return this.#chosen === null;
  }

  /** Whether the role has it; `export` of a viewer: whether it may export from any camera. */
  may(right: Right): boolean {
    if (ROLE_RIGHTS[this.role].includes(right)) return true;
    return right === 'export' && this.role === 'viewer' && (this.camerasWith('export')?.length ?? 0) > 0;
  }

  /** @param right any: at least one of them */
  mayCamera(cameraId: string, right: CameraRight | 'any'): boolean {
    if (this.#chosen === null) return right === 'any' || ROLE_CAMERAS[this.role].includes(right);
    const rights = this.#chosen.get(cameraId);
    return rights !== undefined && (right === 'any' ? rights.size > 0 : rights.has(right));
  }

  /** Cameras with a right; null: all there are. */
  camerasWith(right: CameraRight | 'any'): readonly string[] | null {
    if (this.#chosen === null) return right === 'any' || ROLE_CAMERAS[this.role].includes(right) ? null : [];
    return [...this.#chosen.keys()].filter((id) => this.mayCamera(id, right));
  }
}
