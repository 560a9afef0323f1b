import type { Audit, AuditNote } from '../../audit/audit';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { Operator } from '../../users/operator';
import type { Session } from '../../users/session';
import type { UserRow } from '../../store/types';
import { Guard } from './guard';
import type { CameraFinder } from './rule';

/** A session that a test changes at will. */
export class TestSession implements Session {
  mode = 'sign-in' as const;
  operator: Operator | null;
  isLocked = false;
  isWallVisible = false;
  readonly #changed = new Emitter<void>();

  constructor(operator: Operator | null) {
    this.operator = operator;
  }

  become(operator: Operator | null): void {
    this.operator = operator;
    this.#changed.emit();
  }

  onChanged(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }
}

export function operatorOf(
  role: UserRow['role'],
  cameras?: Readonly<Record<string, readonly ('live' | 'playback' | 'export')[]>>,
  name = 'Alex',
): Operator {
  return new Operator({
    id: '0b8f5a4e-6d1f-4f6e-9a58-00000000aaaa',
    name,
    role,
    access: cameras === undefined ? 'all' : 'chosen',
    cameras: Object.entries(cameras ?? {}).map(([id, rights]) => ({
      id,
      live: rights.includes('live'),
      playback: rights.includes('playback'),
      export: rights.includes('export'),
    })),
  });
}

const NOWHERE: CameraFinder = {
  snapshot: () => Promise.resolve(null),
  bookmark: () => Promise.resolve(null),
  event: () => Promise.resolve(null),
  alert: () => Promise.resolve(null),
  lock: () => Promise.resolve([]),
  evidence: () => Promise.resolve([]),
};

/** A guard whose audit log is a list. */
export function guardFor(
  operator: Operator | null = operatorOf('administrator'),
  find: Partial<CameraFinder> = {},
) {
  const notes: AuditNote[] = [];
  const session = new TestSession(operator);
  const audit = {
    record: (note: AuditNote) => {
      notes.push(note);
      return Promise.resolve();
    },
  } as Audit;
  const guard = new Guard({ session, audit, find: { ...NOWHERE, ...find } });
  return { guard, session, notes };
}
