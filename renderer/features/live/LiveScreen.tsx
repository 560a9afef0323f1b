import type { FocusEvent } from 'react';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useDevices } from '../../data/DevicesProvider';
import { useAction, useActions } from '../../keys/useAction';
import { t } from '../../strings';
import { ScreenFrame } from '../shell/ScreenFrame';
import { CameraPicker } from './CameraPicker';
import type { LayoutId } from './layout';
import { neighbour, reduceLayout, TILES_OF } from './layout';
import { LayoutSwitch } from './LayoutSwitch';
import { readLayout, writeLayout } from './layoutStorage';
import type { TileCommand } from './tile/Tile';
import { TileSlot } from './TileSlot';
import './live.css';
import './tile/tile.css';

/** Live pictures in a grid of tiles. */
export function LiveScreen() {
  const { devices } = useDevices();
  const [state, dispatch] = useReducer(reduceLayout, window.localStorage, readLayout);
  const [full, setFull] = useState<number | null>(null);
  const [picking, setPicking] = useState<number | null>(null);
  const [selected, setSelected] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const { layout, tiles } = state;
  const shown = tiles.slice(0, TILES_OF[layout]);
  const fullShown = full !== null && shown[full] != null ? full : null;

  useEffect(() => {
    if (devices !== null) dispatch({ type: 'cameras', ids: devices.map((device) => device.id) });
  }, [devices]);
  useEffect(() => {
    // Before the cameras are known nothing was decided that is worth keeping.
    if (devices !== null) writeLayout(window.localStorage, state);
  }, [devices, state]);
  useEffect(() => {
    if (fullShown === null) return;
    document.documentElement.dataset['fullWindow'] = 'true';
    return () => {
      delete document.documentElement.dataset['fullWindow'];
    };
  }, [fullShown]);

  const onLayout = useCallback((next: LayoutId) => {
    setFull(null);
    dispatch({ type: 'layout', layout: next });
  }, []);
  useActions({ 'live.layout-single': () => onLayout('1'), 'live.layout-2x2': () => onLayout('2x2') });
  useAction('live.leave-full', () => setFull(null), { enabled: fullShown !== null });
  const focus = (key: string) => {
    const at = [...(grid.current?.children ?? [])].findIndex((tile) => tile === document.activeElement);
    const next = at < 0 ? undefined : grid.current?.children[neighbour(layout, at, key)];
    if (!(next instanceof HTMLElement)) return false;
    next.focus();
    return true;
  };
  useActions(
    {
      'live.focus-left': () => focus('ArrowLeft'),
      'live.focus-right': () => focus('ArrowRight'),
      'live.focus-up': () => focus('ArrowUp'),
      'live.focus-down': () => focus('ArrowDown'),
    },
    { within: grid, enabled: fullShown === null },
  );
  const onFocus = (event: FocusEvent<HTMLDivElement>) => {
    const at = [...event.currentTarget.children].findIndex((tile) => tile.contains(event.target));
    if (at >= 0) setSelected(at);
  };
  const onCommand = (index: number) => (command: TileCommand) => {
    switch (command) {
      case 'choose':
        return setPicking(index);
      case 'remove':
        setFull(null);
        return dispatch({ type: 'remove', index });
      case 'enter-full':
        return setFull(index);
      case 'leave-full':
        return setFull(null);
    }
  };

  return (
    <ScreenFrame title={t('screen.live')} toolbar={<LayoutSwitch layout={layout} onChange={onLayout} />}>
      <div ref={grid} className={`grid grid-${layout}`} data-testid="live-grid" onFocus={onFocus}>
        {shown.map((cameraId, index) => (
          <TileSlot
            key={index}
            index={index}
            cameraId={cameraId}
            isFull={fullShown === index}
            isCovered={fullShown !== null && fullShown !== index}
            isSelected={selected === index}
            onCommand={onCommand(index)}
          />
        ))}
      </div>
      {picking === null ? null : (
        <CameraPicker
          index={picking}
          tiles={shown}
          onClose={() => setPicking(null)}
          onPick={(cameraId) => {
            dispatch({ type: 'assign', index: picking, cameraId });
            setPicking(null);
          }}
        />
      )}
    </ScreenFrame>
  );
}
