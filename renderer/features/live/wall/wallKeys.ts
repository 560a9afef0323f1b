import type { LayoutKind } from '../../../../contract';
import type { ActionId } from '../../../keys/actions';
import type { Direction } from './places';

/** The action that chooses each layout. */
export const KIND_ACTIONS = {
  '1': 'live.layout-single',
  '2x2': 'live.layout-2x2',
  '3x3': 'live.layout-3x3',
  '4x4': 'live.layout-4x4',
  '1+5': 'live.layout-1+5',
  '1+7': 'live.layout-1+7',
  free: 'live.layout-free',
} as const satisfies Readonly<Record<LayoutKind, ActionId>>;

export const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
