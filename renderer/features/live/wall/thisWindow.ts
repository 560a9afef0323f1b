/**
 * Which window this page is in. The main process writes it into the address; it only decides what is shown
 * and under which name that is kept, never what the page may do.
 */
export interface ThisWindow {
  /** `main`, or the id of a window that shows only the wall. */
  readonly id: string;
  /** The named layout that a new window begins with; null for none. */
  readonly firstLayoutId: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function windowOf(search: string): ThisWindow {
  const given = new URLSearchParams(search);
  const uuid = (name: string) => {
    const value = given.get(name);
    return value !== null && UUID.test(value) ? value : null;
  };
  return { id: uuid('window') ?? 'main', firstLayoutId: uuid('layout') };
}

export const thisWindow = windowOf(globalThis.location?.search ?? '');

/** This window shows only the wall. */
export const isWallWindow = thisWindow.id !== 'main';
