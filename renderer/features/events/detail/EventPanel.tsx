import { Radio, RadioGroup } from 'react-aria-components';
import type { AiEvent } from '../../../../contract';
import { useMayCamera } from '../../../data/SessionProvider';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { CheckBox } from '../../../ui/CheckBox';
import { DetailPanel } from '../../../ui/DetailPanel';
import { CheckIcon, CopyIcon, PlayIcon } from '../../../ui/icons';
import { momentText } from '../../../ui/timeText';
import { PlaybackIcon } from '../../playback/screen/playbackIcons';
import { useOpenPlayback } from '../../playback/useOpenPlayback';
import { EvidenceButton } from '../../evidence/EvidenceButton';
import { labelText } from '../eventText';
import type { EventNames } from '../useNames';
import { EventFacts } from './EventFacts';
import { EventPicture } from './EventPicture';
import { ClipVideo, FootageVideo } from './EventVideo';
import './detail.css';

/** Playing begins so long before an event, milliseconds. */
const BEFORE_EVENT = 5000;

export type Shown = 'snapshot' | 'clip' | 'footage';

export interface EventPanelProps {
  readonly event: AiEvent;
  readonly names: EventNames;
  readonly shown: Shown;
  readonly isLarge: boolean;
  readonly hasBoxes: boolean;
  readonly onShow: (shown: Shown) => void;
  readonly onBoxes: (hasBoxes: boolean) => void;
  /** Steps by so many events, to older ones. */
  readonly onStep: (by: 1 | -1) => void;
  readonly onLarge: () => void;
  readonly onReview: (reviewed: boolean) => void;
  readonly onCopyLink: () => void;
  readonly onClose: () => void;
}

/** What is offered as evidence of a moment: half a minute on both sides, as far as it has happened. */
const rangeAround = (at: number) => ({ start: at - 30_000, end: Math.min(at + 30_000, Date.now()) });

/** One event: what was seen, when, where and by which model. */
export function EventPanel(props: EventPanelProps) {
  const { event, names, shown, isLarge, hasBoxes, onShow } = props;
  const openPlayback = useOpenPlayback();
  const mayPlay = useMayCamera('playback')(event.camera_id);
  const camera = names.cameraName(event.camera_id);
  const isReviewed = event.reviewed_at !== null;
  const views: readonly Shown[] =
    event.clip_id === null ? ['snapshot', 'footage'] : ['snapshot', 'clip', 'footage'];
  const view = views.includes(shown) ? shown : 'snapshot';
  return (
    <DetailPanel
      label={t('event.panel')}
      title={labelText(event)}
      about={`${camera}, ${momentText(Date.parse(event.timestamp))}`}
      isLarge={isLarge}
      labels={{
        newer: t('event.newer'),
        older: t('event.older'),
        size: t(isLarge ? 'event.shrink' : 'event.enlarge'),
        close: t('common.close'),
      }}
      onStep={props.onStep}
      onLarge={props.onLarge}
      onClose={props.onClose}
      stage={
        <>
          {view === 'snapshot' ? <EventPicture event={event} camera={camera} hasBoxes={hasBoxes} /> : null}
          {view === 'clip' && event.clip_id !== null ? <ClipVideo clipId={event.clip_id} /> : null}
          {view === 'footage' ? <FootageVideo key={event.id} event={event} /> : null}
        </>
      }
      views={
        <div className="event-views">
          <RadioGroup
            className="layout-switch"
            orientation="horizontal"
            aria-label={t('event.view')}
            value={view}
            onChange={(next) => onShow(next as Shown)}
          >
            {views.map((one) => (
              <Radio key={one} value={one} className="layout-button">
                {one === 'footage' ? <PlayIcon size={15} /> : null}
                {t(`event.view.${one}`)}
              </Radio>
            ))}
          </RadioGroup>
          {view === 'snapshot' && event.snapshot_id !== null ? (
            <CheckBox label={t('event.boxes')} isSelected={hasBoxes} onChange={props.onBoxes} />
          ) : null}
        </div>
      }
      actions={
        <>
          <Button
            needs="events.review"
            look={isReviewed ? 'plain' : 'primary'}
            onPress={() => props.onReview(!isReviewed)}
          >
            <CheckIcon size={16} />
            {t(isReviewed ? 'events.markNotReviewed' : 'events.markReviewed')}
          </Button>
          {mayPlay ? (
            <Button
              needs="playback.watch"
              onPress={() => openPlayback(event.camera_id, Date.parse(event.timestamp) - BEFORE_EVENT)}
            >
              <PlaybackIcon size={16} />
              {t('playback.openAt')}
            </Button>
          ) : null}
          <Button onPress={props.onCopyLink}>
            <CopyIcon size={16} />
            {t('events.copyLink')}
          </Button>
          <EvidenceButton
            key={event.id}
            cameraIds={[event.camera_id]}
            range={() => rangeAround(Date.parse(event.timestamp))}
          />
        </>
      }
    >
      <EventFacts event={event} names={names} />
      <details className="event-json">
        <summary>{t('event.json')}</summary>
        <pre tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
      </details>
    </DetailPanel>
  );
}
