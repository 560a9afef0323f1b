/** With the id of a user behind that of the window where it is theirs alone. */
const KEPT = /^vas\.live\.(?:wall|view)\.([0-9a-f-]{36})(?:\.[0-9a-f-]{36})?$/;

/** Removes what windows kept that do not exist any more. */
export function forgetClosed(storage: Storage, open: ReadonlySet<string>): void {
  const keys = Array.from({ length: storage.length }, (_none, index) => storage.key(index));
  for (const key of keys) {
    const id = key === null ? undefined : KEPT.exec(key)?.[1];
    if (key !== null && id !== undefined && !open.has(id)) storage.removeItem(key);
  }
}
