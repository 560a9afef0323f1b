import { useEffect, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { Device, MotionSearchState } from '../../../../contract';
import { plural, t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Choice } from '../../../ui/Choice';
import { ChoiceGroup } from '../../../ui/ChoiceGroup';
import { IconButton } from '../../../ui/IconButton';
import { CloseIcon, SearchIcon, StopIcon } from '../../../ui/icons';
import { Notice } from '../../../ui/Notice';
import { SelectInput } from '../../../ui/SelectInput';
import { momentBeside, momentText } from '../../../ui/timeText';
import type { KeyPicture } from '../player/decodeKeys';
import { lengthText } from '../screen/lengthText';
import type { Selection } from '../timeline/paint';
import type { TimeView } from '../timeline/view';
import { MotionResults } from './MotionResults';
import type { Region } from './region';
import { maskOf, reshaped } from './region';
import { useMotionSearch } from './useMotionSearch';

export interface MotionPanelProps {
  readonly device: Device;
  readonly region: Region;
  readonly onRegion: (region: Region) => void;
  readonly view: TimeView;
  readonly selection: Selection;
  readonly onJump: (at: number) => void;
  readonly preview: (at: number) => Promise<KeyPicture | null>;
  /** A search is over: more is known of where something moved. */
  readonly onSearched: () => void;
  readonly onClose: () => void;
}

/** Least shares of the region that have to move. */
const SIZES = { any: 0, small: 0.05, medium: 0.2, large: 0.5 } as const;
type Size = keyof typeof SIZES;
const SHAPES = ['rectangle', 'polygon', 'whole'] as const;

/** Searches the recordings of one camera for motion in a region of its picture. */
export function MotionPanel(props: MotionPanelProps) {
  const { device, region, onRegion, view, selection } = props;
  const { search, isStarting, error, start, stop } = useMotionSearch();
  const [size, setSize] = useState<Size>('any');
  const [wanted, setWanted] = useState<'marked' | 'visible'>('marked');
  const [searched, setSearched] = useState<Region>(region);
  const { from, to } = selection;
  const marked = from === null || to === null ? null : { from, to };
  const when = marked !== null && wanted === 'marked' ? 'marked' : 'visible';
  const range = when === 'marked' && marked !== null ? marked : view;
  const isRunning = search?.state === 'running' || isStarting;
  const over = search === null || search.state === 'running' ? null : search.id;
  const { onSearched } = props;
  useEffect(() => {
    if (over !== null) onSearched();
  }, [over, onSearched]);
  const begin = () => {
    const { text, cells } = maskOf(region);
    setSearched(region);
    start({
      camera_id: device.id,
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      region: text,
      min_cells: Math.max(1, Math.round(cells * SIZES[size])),
    });
  };
  return (
    <aside className="motion-panel" aria-label={t('motion.title')} data-testid="motion-panel">
      <header className="motion-head">
        <h2>{t('motion.title')}</h2>
        <span className="motion-camera">{device.name}</span>
        <IconButton label={t('motion.close')} onPress={props.onClose}>
          <CloseIcon size={16} />
        </IconButton>
      </header>
      <div className="motion-form">
        <ChoiceGroup
          label={t('motion.region')}
          hint={t(`motion.hint.${region.shape}`)}
          value={region.shape}
          choices={SHAPES.map((value) => ({ value, label: t(`motion.shape.${value}`) }))}
          onChange={(shape) => onRegion(reshaped(region, shape))}
        />
        <div className="motion-when">
          <span className="field-label">{t('motion.when')}</span>
          {marked === null ? null : (
            <Choice
              label={t('motion.when')}
              value={when}
              choices={[
                { value: 'marked', label: t('motion.marked') },
                { value: 'visible', label: t('motion.visible') },
              ]}
              onChange={setWanted}
            />
          )}
          <p className="motion-range numeric">{rangeText(range.from, range.to)}</p>
        </div>
        <div className="motion-go">
          <SelectInput
            label={t('motion.size')}
            labelHidden
            isSet={size !== 'any'}
            value={size}
            options={(Object.keys(SIZES) as Size[]).map((value) => ({
              value,
              label: t(`motion.size.${value}`),
            }))}
            onChange={setSize}
          />
          {isRunning ? (
            <Button onPress={stop} isDisabled={isStarting}>
              <StopIcon size={16} />
              {t('motion.stop')}
            </Button>
          ) : (
            <Button look="primary" onPress={begin}>
              <SearchIcon size={16} />
              {t('motion.start')}
            </Button>
          )}
        </div>
      </div>
      {error === null ? null : (
        <div className="motion-notice">
          <Notice tone="bad" live="alert" title={t('motion.failed')}>
            {error.message}
          </Notice>
        </div>
      )}
      {search === null ? (
        <p className="motion-none">{t('motion.intro')}</p>
      ) : (
        <>
          <MotionProgress search={search} />
          {search.results.length === 0 ? null : (
            <MotionResults
              results={search.results}
              region={searched}
              onJump={props.onJump}
              preview={props.preview}
            />
          )}
        </>
      )}
    </aside>
  );
}

/** How far it is, what it comes from, and what came of it. */
function MotionProgress({ search }: { readonly search: MotionSearchState }) {
  const { state, message, footage_s: footage, kept_s: kept, scanned_s: scanned, unread_s: unread } = search;
  const done = kept + scanned + unread;
  const count = search.results.length;
  const seconds = (value: number) => lengthText(value * 1000);
  if (state === 'failed')
    return (
      <div className="motion-notice">
        <Notice tone="bad" live="alert" title={t('motion.failed')}>
          {message}
        </Notice>
      </div>
    );
  return (
    <div className="motion-progress" data-testid="motion-progress" data-search={search.id} data-state={state}>
      <ProgressBar aria-label={t('motion.progress')} value={footage === 0 ? 0 : (100 * done) / footage}>
        {({ percentage = 0 }) => (
          <div className="motion-bar" hidden={state !== 'running'}>
            <div style={{ width: `${String(percentage)}%` }} />
          </div>
        )}
      </ProgressBar>
      <p className="motion-state" role="status">
        {state === 'running'
          ? t('motion.running', { done: seconds(done), all: seconds(footage) })
          : footage === 0 && state === 'done'
            ? t('motion.noFootage')
            : count === 0
              ? t(state === 'cancelled' ? 'motion.cancelled' : 'motion.nothing')
              : state === 'cancelled'
                ? t('motion.cancelledFound', { found: plural('motion.found', count) })
                : plural('motion.found', count)}
      </p>
      {footage === 0 ? null : (
        <p className="motion-sources numeric">
          {t('motion.sources', { kept: seconds(kept), scanned: seconds(scanned) })}
          {unread > 0.5 ? ` ${t('motion.unread', { time: seconds(unread) })}` : null}
          {search.is_full ? ` ${t('motion.full')}` : null}
        </p>
      )}
    </div>
  );
}

function rangeText(from: number, to: number): string {
  return t('motion.range', { from: momentText(from), to: momentBeside(to, from) });
}
