import {
  ConnectingIcon,
  ErrorIcon,
  FrozenIcon,
  NoDataIcon,
  OfflineIcon,
  PlayIcon,
  ReconnectIcon,
  StopIcon,
} from '../../../ui/icons';
import type { TileStateKind } from './tileState';
import { stateWord } from './tileText';

export const STATE_ICONS = {
  empty: ErrorIcon,
  connecting: ConnectingIcon,
  live: PlayIcon,
  stalled: FrozenIcon,
  reconnecting: ReconnectIcon,
  silent: NoDataIcon,
  offline: OfflineIcon,
  stopped: StopIcon,
} as const satisfies Readonly<Record<TileStateKind, unknown>>;

/** State of a tile as icon and word. */
export function StateMark({ kind }: { readonly kind: TileStateKind }) {
  const Icon = STATE_ICONS[kind];
  return (
    <span className={`tile-mark tile-mark-${kind}`} role="status">
      <Icon size={15} />
      <span className="tile-mark-word">{stateWord(kind)}</span>
    </span>
  );
}
