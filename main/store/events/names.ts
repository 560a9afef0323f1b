import type Database from 'better-sqlite3';

export type NameKind = 'camera' | 'model' | 'label' | 'zone';

/** Keys of names, remembered: there are a few hundred at most, and they never change. */
export class Names {
  readonly #known = new Map<string, number>();
  readonly #byKey = new Map<number, string>();
  readonly #nameOf: Database.Statement<[number], string>;
  readonly #find: Database.Statement<[string, string], number>;
  readonly #add: Database.Statement<[string, string]> | null;

  /** @param adds whether unknown names get a key; otherwise they have none */
  constructor(db: Database.Database, adds: boolean) {
    this.#find = db
      .prepare<[string, string], number>('SELECT key FROM event_names WHERE kind = ? AND name = ?')
      .pluck();
    this.#nameOf = db.prepare<[number], string>('SELECT name FROM event_names WHERE key = ?').pluck();
    this.#add = adds
      ? db.prepare<[string, string]>('INSERT INTO event_names (kind, name) VALUES (?, ?)')
      : null;
  }

  keyOf(kind: NameKind, name: string): number | null {
    const id = `${kind}\n${name}`;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const key =
      this.#find.get(kind, name) ??
      (this.#add === null ? null : Number(this.#add.run(kind, name).lastInsertRowid));
    if (key !== null) this.#known.set(id, key);
    return key;
  }

  /** Of a key that a row has. */
  nameOf(key: number): string {
    let name = this.#byKey.get(key);
    if (name === undefined) {
      name = this.#nameOf.get(key) ?? '';
      this.#byKey.set(key, name);
    }
    return name;
  }

  /** After a transaction was rolled back, keys made in it do not exist. */
  forget(): void {
    this.#known.clear();
    this.#byKey.clear();
  }
}
