import { ListBoxItem, Text } from 'react-aria-components';
import type { Device } from '../../../../contract';
import { conditionOf } from '../../../data/streamCondition';
import { useStream } from '../../../data/StreamsProvider';
import { t } from '../../../strings';
import { listState } from './listState';

export interface CameraRowProps {
  readonly id: string;
  readonly device: Device;
  /** The tile that shows it, from 0; null when none does. */
  readonly tile: number | null;
  /** The location stands in the heading already. */
  readonly hidesLocation: boolean;
}

/** One camera of the list: name, place, state. */
export function CameraRow({ id, device, tile, hidesLocation }: CameraRowProps) {
  const stream = useStream(device.id, 'main');
  const state = listState(conditionOf(stream, device.is_active));
  return (
    <ListBoxItem
      id={id}
      value={device}
      className="camera-row"
      textValue={device.name}
      data-camera-id={device.id}
      data-shown={tile === null ? undefined : 'true'}
    >
      <span className={`camera-row-mark camera-row-${state.tone}`} aria-hidden="true" />
      <span className="camera-row-text">
        <Text slot="label" className="camera-row-name">
          {device.name}
        </Text>
        {hidesLocation || device.location === null ? null : (
          <Text slot="description" className="camera-row-detail">
            {device.location}
          </Text>
        )}
      </span>
      {state.tone === 'ok' ? (
        <span className="visually-hidden">{state.word}</span>
      ) : (
        <span className={`camera-row-state camera-row-${state.tone}`}>{state.word}</span>
      )}
      {tile === null ? null : (
        <span className="camera-row-tile numeric">
          <span className="visually-hidden">{t('list.shownIn', { number: tile + 1 })}</span>
          <span aria-hidden="true">{tile + 1}</span>
        </span>
      )}
    </ListBoxItem>
  );
}
