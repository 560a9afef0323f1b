/** Named layouts of the wall. Times are microseconds since the Unix epoch, UTC. */

/** Place of a tile in steps of the wall's fine grid. */
export interface LayoutPlace {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface LayoutTileRow {
  /** Null in an empty tile and where the camera was deleted. */
  readonly deviceId: string | null;
  /** Null unless the layout is a free arrangement. */
  readonly place: LayoutPlace | null;
}

export interface LayoutRow {
  readonly id: string;
  readonly name: string;
  readonly kind: '1' | '2x2' | '3x3' | '4x4' | '1+5' | '1+7' | 'free';
  readonly tiles: readonly LayoutTileRow[];
  readonly createdUs: number;
  readonly updatedUs: number;
}

export type NewLayout = Pick<LayoutRow, 'id' | 'name' | 'kind' | 'tiles'> & { readonly nowUs: number };

/** Only the fields present are changed. */
export interface LayoutPatch {
  readonly name?: string;
  readonly content?: Pick<LayoutRow, 'kind' | 'tiles'>;
  readonly nowUs: number;
}

export interface LayoutReads {
  /** In the operator's order. */
  listLayouts(): Promise<LayoutRow[]>;
}

export interface LayoutWrites {
  /** Behind the others. @throws VasError conflict when the name is taken, not_found for an unknown camera */
  createLayout(layout: NewLayout): Promise<LayoutRow>;
  /** @throws VasError not_found, conflict when the name is taken */
  updateLayout(id: string, patch: LayoutPatch): Promise<LayoutRow>;
  /** @throws VasError not_found */
  deleteLayout(id: string): Promise<void>;
  /** `ids`: all of them. @throws VasError conflict when others exist by now */
  reorderLayouts(ids: readonly string[]): Promise<void>;
}
