import type { Capture } from '../../../../contract';
import { t } from '../../../strings';
import { useMayCamera } from '../../../data/SessionProvider';
import { Button } from '../../../ui/Button';
import { DetailPanel } from '../../../ui/DetailPanel';
import { DownloadIcon } from '../../../ui/galleryIcons';
import { TrashIcon } from '../../../ui/icons';
import { momentText } from '../../../ui/timeText';
import { EvidenceButton } from '../../evidence/EvidenceButton';
import { PlaybackIcon } from '../../playback/screen/playbackIcons';
import { useOpenPlayback } from '../../playback/useOpenPlayback';
import { captureTitle } from '../captureText';
import { CaptureFacts } from './CaptureFacts';
import { CaptureForm } from './CaptureForm';
import { CaptureMedia } from './CaptureMedia';

export interface CapturePanelProps {
  readonly capture: Capture;
  readonly knownTags: readonly string[];
  readonly isLarge: boolean;
  /** Steps by so many, to older ones. */
  readonly onStep: (by: 1 | -1) => void;
  readonly onLarge: () => void;
  readonly onKept: (capture: Capture) => void;
  readonly onSave: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** What a capture shows, milliseconds since the epoch. */
function spanOf(capture: Capture): { start: number; end: number } {
  const at = Date.parse(capture.timestamp);
  return {
    start: capture.start_timestamp === null ? at : Date.parse(capture.start_timestamp),
    end: capture.end_timestamp === null ? at : Date.parse(capture.end_timestamp),
  };
}

/** One clip or snapshot: seen, written on, copied, deleted. */
export function CapturePanel(props: CapturePanelProps) {
  const { capture, isLarge } = props;
  const openPlayback = useOpenPlayback();
  const mayExport = useMayCamera('export')(capture.device_id);
  const mayPlay = useMayCamera('playback')(capture.device_id);
  const { start, end } = spanOf(capture);
  return (
    <DetailPanel
      label={t('gallery.panel')}
      title={captureTitle(capture)}
      about={`${capture.device_name}, ${momentText(Date.parse(capture.timestamp))}`}
      isTitleVerbatim
      isLarge={isLarge}
      labels={{
        newer: t('gallery.newer'),
        older: t('gallery.older'),
        size: t(isLarge ? 'gallery.shrink' : 'gallery.enlarge'),
        close: t('gallery.closePanel'),
      }}
      onStep={props.onStep}
      onLarge={props.onLarge}
      onClose={props.onClose}
      stage={<CaptureMedia key={capture.id} capture={capture} />}
      actions={
        <>
          {mayExport ? (
            <Button needs="export" onPress={props.onSave}>
              <DownloadIcon size={16} />
              {t('gallery.save')}
            </Button>
          ) : null}
          <Button needs="capture.change" onPress={props.onDelete}>
            <TrashIcon size={16} />
            {t('gallery.delete')}
          </Button>
          {mayPlay ? (
            <Button needs="playback.watch" onPress={() => openPlayback(capture.device_id, start)}>
              <PlaybackIcon size={16} />
              {t('playback.openAt')}
            </Button>
          ) : null}
          {capture.kind === 'bookmark' ? (
            <EvidenceButton key={capture.id} cameraIds={[capture.device_id]} range={() => ({ start, end })} />
          ) : null}
        </>
      }
    >
      <CaptureForm key={capture.id} capture={capture} known={props.knownTags} onKept={props.onKept} />
      <CaptureFacts capture={capture} />
    </DetailPanel>
  );
}
