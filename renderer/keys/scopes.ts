/** Where an action can be meant. A scope lies inside its parent: both may be meant by the same key stroke. */
const PARENTS = {
  application: null,
  live: 'application',
  tile: 'live',
  cameras: 'application',
  events: 'application',
  playback: 'application',
  gallery: 'application',
} as const;

export type Scope = keyof typeof PARENTS;

/** In the order of the sheet. */
export const SCOPES = Object.keys(PARENTS) as readonly Scope[];

const parentOf = (scope: Scope): Scope | null => PARENTS[scope];

/** 0 for the application, more for what lies deeper. */
export function depthOf(scope: Scope): number {
  const parent = parentOf(scope);
  return parent === null ? 0 : depthOf(parent) + 1;
}

/** Whether a key stroke can mean actions of both. */
export function overlap(one: Scope, other: Scope): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

function isWithin(inner: Scope, outer: Scope): boolean {
  for (let at: Scope | null = inner; at !== null; at = parentOf(at)) if (at === outer) return true;
  return false;
}
