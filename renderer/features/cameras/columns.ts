export type ColumnId =
  | 'select'
  | 'name'
  | 'location'
  | 'address'
  | 'video'
  | 'state'
  | 'archive'
  | 'recording'
  | 'started'
  | 'actions';

export interface CameraColumn {
  readonly id: ColumnId;
  readonly label: `camera.${Exclude<ColumnId, 'select'>}` | 'cameras.selectAll';
  /** Pixels, or a share of what is left. */
  readonly width: number | `${number}fr`;
  /** Pixels. */
  readonly minWidth: number;
  readonly sorts: boolean;
}

const COLUMNS: readonly CameraColumn[] = [
  { id: 'select', label: 'cameras.selectAll', width: 44, minWidth: 44, sorts: false },
  { id: 'name', label: 'camera.name', width: '1.6fr', minWidth: 170, sorts: true },
  { id: 'location', label: 'camera.location', width: '1.1fr', minWidth: 100, sorts: true },
  { id: 'address', label: 'camera.address', width: '1.2fr', minWidth: 130, sorts: true },
  { id: 'video', label: 'camera.video', width: '1.4fr', minWidth: 162, sorts: true },
  { id: 'state', label: 'camera.state', width: '1.5fr', minWidth: 214, sorts: true },
  { id: 'archive', label: 'camera.archive', width: 112, minWidth: 112, sorts: true },
  { id: 'recording', label: 'camera.recording', width: 124, minWidth: 124, sorts: true },
  { id: 'started', label: 'camera.started', width: 96, minWidth: 96, sorts: true },
  { id: 'actions', label: 'camera.actions', width: 150, minWidth: 150, sorts: false },
];

/** Columns that go first where there is no room: what they say stands in the details of a camera as well. */
const GIVEN_UP: readonly ColumnId[] = ['address', 'location', 'video', 'archive'];

/** Pixels that the vertical scroll bar takes. */
const SCROLL_BAR = 14;

/** The columns that fit, so that a table never scrolls sideways. @param width pixels; null: not known yet */
export function columnsFor(width: number | null): readonly CameraColumn[] {
  let columns = COLUMNS;
  for (const id of width === null ? [] : GIVEN_UP) {
    if (columns.reduce((sum, column) => sum + column.minWidth, 0) <= (width ?? 0) - SCROLL_BAR) break;
    columns = columns.filter((column) => column.id !== id);
  }
  return columns;
}
