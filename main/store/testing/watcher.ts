import Database from 'better-sqlite3';

/** Stands outside: sees every commit of others in the data version, and counts the rows of every table. */
export class Watcher {
  readonly #db: Database.Database;

  constructor(readonly file: string) {
    this.#db = new Database(file, { readonly: true });
  }

  get tables(): string[] {
    return this.#db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all();
  }

  look(): { version: unknown; rows: Record<string, unknown> } {
    const count = (table: string) => this.#db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get();
    return {
      version: this.#db.pragma('data_version', { simple: true }),
      rows: Object.fromEntries(this.tables.map((table) => [table, count(table)])),
    };
  }

  close(): void {
    this.#db.close();
  }
}
