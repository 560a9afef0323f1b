import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef, useState } from 'react';
import type { Device } from '../../../contract';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { PlusIcon, ResetIcon, TrashIcon } from '../../ui/icons';
import { TextInput } from '../../ui/TextInput';
import type { Area, Point } from './areas';
import {
  MOST_AREAS,
  problemOf,
  renamed,
  withNew,
  without,
  withoutPoint,
  withPoint,
  withPointAt,
} from './areas';
import { CameraPicture } from './CameraPicture';
import '../../ui/pictureShapes.css';

/** Steps of an arrow key, shares of the picture. */
const STEP = 0.005;
const LARGE_STEP = 0.05;
const MOST_UNDO = 100;
const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface AreaEditorProps {
  readonly device: Device;
  readonly areas: readonly Area[];
  readonly onChange: (areas: readonly Area[]) => void;
}

/** Zones and masks over the camera's picture: corners are moved by pointer or arrow keys. */
export function AreaEditor({ device, areas, onChange }: AreaEditorProps) {
  const [chosen, setChosen] = useState<number | null>(areas.length > 0 ? 0 : null);
  const [past, setPast] = useState<readonly (readonly Area[])[]>([]);
  const frame = useRef<HTMLDivElement>(null);
  const problem = problemOf(areas);

  /** @param isStep of a movement that began before: undone together with it */
  const change = (next: readonly Area[], isStep = false) => {
    if (next === areas) return;
    if (!isStep) setPast((before) => [...before, areas].slice(-MOST_UNDO));
    onChange(next);
  };
  const undo = () => {
    const last = past.at(-1);
    if (last === undefined) return;
    setPast(past.slice(0, -1));
    setChosen((before) => (before !== null && before < last.length ? before : null));
    onChange(last);
  };
  const add = (kind: Area['kind']) => {
    const next = withNew(areas, kind, (number) => t('areas.newZone', { number }));
    change(next);
    if (next !== areas) setChosen(next.length - 1);
  };
  const remove = (index: number) => {
    change(without(areas, index));
    setChosen(null);
  };
  const placeOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = frame.current?.getBoundingClientRect();
    return box === undefined ? [0, 0] : [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  };

  const onPicture = (event: PointerEvent<HTMLDivElement>) => {
    if (chosen === null || event.button !== 0 || event.target instanceof HTMLButtonElement) return;
    change(withPoint(areas, chosen, placeOf(event)));
  };
  const onCornerDown = (index: number, corner: number) => (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    setChosen(index);
    setPast((before) => [...before, areas].slice(-MOST_UNDO));
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset['dragged'] = String(corner);
  };
  const onCornerMove = (index: number, corner: number) => (event: PointerEvent<HTMLButtonElement>) => {
    if (event.currentTarget.dataset['dragged'] !== undefined)
      change(withPointAt(areas, index, corner, placeOf(event)), true);
  };
  const onCornerUp = (event: PointerEvent<HTMLButtonElement>) => {
    delete event.currentTarget.dataset['dragged'];
  };
  const onCornerKey =
    (index: number, corner: number, [x, y]: Point) =>
    (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      const by = event.shiftKey ? LARGE_STEP : STEP;
      if (step !== undefined)
        change(withPointAt(areas, index, corner, [x + step[0] * by, y + step[1] * by]), event.repeat);
      else if (event.key === 'Delete' || event.key === 'Backspace')
        change(withoutPoint(areas, index, corner));
      else if (event.key === 'Insert' || event.key === '+')
        change(withPoint(areas, index, middleAfter(areas, index, corner)));
      else return;
      event.preventDefault();
    };

  return (
    <div
      className="areas"
      onKeyDown={(event) => {
        if (event.key !== 'z' || !event.ctrlKey || event.target instanceof HTMLInputElement) return;
        event.preventDefault();
        undo();
      }}
    >
      <div className="areas-view">
        <CameraPicture device={device}>
          <div ref={frame} className="areas-layer" data-testid="areas" onPointerDown={onPicture}>
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
              {areas.map(({ kind, points }, index) => (
                <polygon
                  key={index}
                  className={`picture-shape area-${kind}${index === chosen ? ' area-chosen' : ''}`}
                  points={points.map(([x, y]) => `${String(x)},${String(y)}`).join(' ')}
                />
              ))}
            </svg>
            {chosen === null
              ? null
              : areas[chosen]?.points.map((point, corner) => (
                  <button
                    key={corner}
                    type="button"
                    className="picture-handle"
                    style={{ left: `${String(point[0] * 100)}%`, top: `${String(point[1] * 100)}%` }}
                    aria-label={t('areas.corner', { number: corner + 1, area: nameOf(areas, chosen) })}
                    onPointerDown={onCornerDown(chosen, corner)}
                    onPointerMove={onCornerMove(chosen, corner)}
                    onPointerUp={onCornerUp}
                    onPointerCancel={onCornerUp}
                    onDoubleClick={() => change(withoutPoint(areas, chosen, corner))}
                    onKeyDown={onCornerKey(chosen, corner, point)}
                  />
                ))}
          </div>
        </CameraPicture>
        <p className="field-hint">{t('areas.hint')}</p>
      </div>
      <div className="areas-list">
        <div className="areas-tools">
          <Button onPress={() => add('zone')} isDisabled={countOf(areas, 'zone') >= MOST_AREAS}>
            <PlusIcon size={16} />
            {t('areas.addZone')}
          </Button>
          <Button onPress={() => add('mask')} isDisabled={countOf(areas, 'mask') >= MOST_AREAS}>
            <PlusIcon size={16} />
            {t('areas.addMask')}
          </Button>
          <IconButton label={t('areas.undo')} isDisabled={past.length === 0} onPress={undo}>
            <ResetIcon />
          </IconButton>
        </div>
        {areas.length === 0 ? <p className="field-hint">{t('areas.none')}</p> : null}
        <ul aria-label={t('areas.list')}>
          {areas.map((area, index) => (
            <li key={index} className={`areas-row areas-row-${area.kind}`} data-chosen={index === chosen}>
              <Button
                look="quiet"
                aria-pressed={index === chosen}
                onPress={() => setChosen(index)}
                aria-label={t('areas.choose', { area: nameOf(areas, index) })}
              >
                {t(area.kind === 'zone' ? 'areas.zone' : 'areas.mask')}
              </Button>
              {area.kind === 'zone' ? (
                <TextInput
                  label={t('areas.name')}
                  labelHidden
                  name={`area-${String(index)}`}
                  value={area.name}
                  onChange={(name) => change(renamed(areas, index, name.slice(0, 64)), true)}
                />
              ) : (
                <span className="areas-mask-text">{t('areas.ignored')}</span>
              )}
              <IconButton
                label={t('areas.remove', { area: nameOf(areas, index) })}
                onPress={() => remove(index)}
              >
                <TrashIcon />
              </IconButton>
            </li>
          ))}
        </ul>
        {problem === null ? null : (
          <p className="field-error" role="alert">
            {t(problem === 'unnamed' ? 'areas.unnamed' : 'areas.twice')}
          </p>
        )}
      </div>
    </div>
  );
}

const countOf = (areas: readonly Area[], kind: Area['kind']) =>
  areas.filter((area) => area.kind === kind).length;

function nameOf(areas: readonly Area[], index: number): string {
  const area = areas[index];
  if (area?.kind === 'zone') return area.name === '' ? t('areas.zone') : area.name;
  return `${t('areas.mask')} ${String(countOf(areas.slice(0, index + 1), 'mask'))}`;
}

/** Between a corner and the next one. */
function middleAfter(areas: readonly Area[], index: number, corner: number): Point {
  const points = areas[index]?.points ?? [];
  const from = points[corner] ?? [0.5, 0.5];
  const to = points[(corner + 1) % points.length] ?? from;
  return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
}
