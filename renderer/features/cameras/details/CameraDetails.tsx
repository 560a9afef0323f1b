import type { ReactNode } from 'react';
import { useEffect } from 'react';
import type { Device } from '../../../../contract';
import { faultTitle } from '../../../data/faultText';
import { useStream } from '../../../data/StreamsProvider';
import { useQuery } from '../../../data/useQuery';
import { audioSummary, videoSummary } from '../../../data/videoText';
import type { StreamInfo } from '../../../data/videoText';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { CloseIcon, EditIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { bytesText, momentText } from '../../../ui/timeText';
import type { CameraArchive, Outlook } from '../archive/archiveText';
import { daysText, rateText } from '../archive/archiveText';
import { StateCell } from '../CameraCells';
import { toWeek } from '../schedule/week';
import { weekSummary } from '../schedule/weekText';
import './details.css';

export interface CameraDetailsProps {
  readonly device: Device;
  readonly archive: CameraArchive | null;
  readonly outlook: Outlook | null;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

const at = (instant: string) => momentText(Date.parse(instant));

/** Everything about one camera, beside the table. */
export function CameraDetails({ device, archive, outlook, onEdit, onClose }: CameraDetailsProps) {
  const main = useStream(device.id, 'main')?.state ?? null;
  return (
    <aside
      className="details"
      aria-label={t('details.title', { name: device.name })}
      data-testid="camera-details"
    >
      <header className="details-head">
        <h2 className="details-name">{device.name}</h2>
        <Button onPress={onEdit}>
          <EditIcon size={16} />
          {t('details.edit')}
        </Button>
        <IconButton label={t('details.close')} onPress={onClose}>
          <CloseIcon size={16} />
        </IconButton>
      </header>
      <div className="details-body">
        <StateCell device={device} />
        <LastFault device={device} phase={main?.phase ?? null} />
        <Facts title={t('details.camera')}>
          <Fact name={t('camera.location')}>{device.location}</Fact>
          <Fact name={t('details.groups')}>{device.groups.join(', ')}</Fact>
          <Fact name={t('camera.address')}>{device.rtsp_url}</Fact>
          <Fact name={t('details.subAddress')}>{device.sub_rtsp_url}</Fact>
          <Fact name={t('form.username')}>{device.username}</Fact>
          <Fact name={t('form.transport')}>{t(device.transport === 'tcp' ? 'form.tcp' : 'form.udp')}</Fact>
          <Fact name={t('details.description')}>{device.description}</Fact>
        </Facts>
        <Facts title={t('details.streams')}>
          <StreamFacts name={t('probe.main')} info={main?.info ?? device.main_info} />
          {device.sub_rtsp_url === null ? null : <StreamFacts name={t('probe.sub')} info={device.sub_info} />}
        </Facts>
        <Facts title={t('details.recording')}>
          <Fact name={t('details.switch')}>{t(device.recording ? 'common.on' : 'common.off')}</Fact>
          <Fact name={t('details.schedule')}>{weekSummary(toWeek(device.schedule))}</Fact>
          <Fact name={t('details.oldest')}>
            {archive?.oldest == null ? t('archive.none') : at(archive.oldest)}
          </Fact>
          <Fact name={t('details.newest')}>{archive?.newest == null ? null : at(archive.newest)}</Fact>
          <Fact name={t('details.size')}>{archive === null ? null : bytesText(archive.recorded_bytes)}</Fact>
          <Fact name={t('details.rate')}>{archive === null ? null : rateText(archive.bytes_per_day)}</Fact>
          <Fact name={t('details.days')}>{keepText(archive, outlook)}</Fact>
        </Facts>
      </div>
    </aside>
  );
}

/** Days that the camera's footage will be kept: that of all cameras, since the oldest goes first. */
function keepText(archive: CameraArchive | null, outlook: Outlook | null): string {
  if (archive?.bytes_per_day === 0) return t('archive.notRecorded');
  if (outlook?.days == null) return t('details.daysUnknown');
  const days = daysText(outlook.days);
  return outlook.unmeasured > 0 ? t('details.atMost', { days }) : days;
}

function LastFault({ device, phase }: { readonly device: Device; readonly phase: string | null }) {
  // Asked again when the camera comes or goes.
  const { data, error, refetch } = useQuery('devices.last-fault', { id: device.id });
  useEffect(() => refetch(), [phase, refetch]);
  return (
    <p className="details-fault" data-testid="last-fault">
      <span className="field-label">{t('details.lastFault')}</span>
      {error !== null
        ? error.message
        : data === null
          ? ''
          : data.fault === null
            ? t('details.noFault')
            : data.fault.until === null
              ? t('details.faultSince', {
                  what: faultTitle(data.fault.code),
                  since: at(data.fault.since),
                })
              : t('details.faultWas', {
                  what: faultTitle(data.fault.code),
                  since: at(data.fault.since),
                  until: at(data.fault.until),
                })}
    </p>
  );
}

function Facts({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="details-section">{title}</h3>
      <dl className="probe-rows numeric">{children}</dl>
    </section>
  );
}

/** A line of facts; nothing where there is none. */
function Fact({ name, children }: { readonly name: string; readonly children: string | null }) {
  if (children === null || children === '') return null;
  return (
    <div className="probe-row">
      <dt>{name}</dt>
      <dd className="details-value">{children}</dd>
    </div>
  );
}

function StreamFacts({ name, info }: { readonly name: string; readonly info: StreamInfo | null }) {
  if (info === null) return <Fact name={name}>{t('camera.videoUnknown')}</Fact>;
  const { profile, gopSeconds } = info.video;
  return (
    <>
      <Fact name={name}>{videoSummary(info.video)}</Fact>
      <Fact name={t('probe.profile')}>{profile}</Fact>
      <Fact name={t('probe.gop')}>
        {gopSeconds === null ? null : t('probe.gopValue', { seconds: Number(gopSeconds.toFixed(1)) })}
      </Fact>
      <Fact name={t('probe.audio')}>{audioSummary(info.audio)}</Fact>
    </>
  );
}
