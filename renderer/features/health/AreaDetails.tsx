import type { HealthArea, HealthReport } from '../../../contract';
import { t } from '../../strings';
import { dateText, clockText } from '../../ui/timeText';
import { Frames, Models } from './AiDetails';
import { Fact, Facts, FigureTable, numbers, words } from './Facts';
import { processText } from './processText';
import { daysText, lengthText, NOTHING, valueText } from './healthText';

interface Props {
  readonly report: HealthReport;
}

type Calls = NonNullable<HealthReport['store']['databases'][number]['writer']>;
type Folder = HealthReport['disks']['folders'][number];

const latencyText = (calls: Calls | null): string =>
  calls?.latency_ms == null
    ? NOTHING
    : `${valueText(calls.latency_ms.p50, 'ms')}, ${valueText(calls.latency_ms.p99, 'ms')}`;

function Recording({ report: { cameras, disks } }: Props) {
  const gaps = cameras.reduce((sum, camera) => sum + camera.gaps, 0);
  const missing = cameras.reduce((sum, camera) => sum + camera.gap_seconds, 0);
  const recorded = cameras.filter(({ shall_record, phase }) => shall_record && phase === 'running').length;
  return (
    <Facts>
      <Fact name={t('health.fact.writeRate')}>{valueText(disks.write_bytes_per_s, 'bytesPerS')}</Fact>
      <Fact name={t('health.fact.recorded')}>{recorded}</Fact>
      <Fact name={t('health.fact.gaps')}>{gaps}</Fact>
      <Fact name={t('health.fact.missing')}>{gaps === 0 ? t('health.none') : lengthText(missing)}</Fact>
    </Facts>
  );
}

function folderState({ state, is_current }: Folder): string | null {
  if (state !== 'ready') return t(`health.folder.${state}`);
  return is_current ? t('health.folder.current') : null;
}

function Disks({ report: { disks } }: Props) {
  return (
    <>
      <Facts>
        <Fact name={t('health.fact.days')}>{disks.days === null ? NOTHING : daysText(disks.days)}</Fact>
        <Fact name={t('health.fact.perDay')}>
          {valueText(disks.bytes_per_day > 0 ? disks.bytes_per_day : null, 'bytes')}
        </Fact>
        <Fact name={t('health.fact.writeRate')}>{valueText(disks.write_bytes_per_s, 'bytesPerS')}</Fact>
        <Fact name={t('health.fact.dataDisk')}>{valueText(disks.data.free_bytes, 'bytes')}</Fact>
      </Facts>
      <FigureTable
        label={t('health.folders')}
        empty={t('health.none')}
        columns={[
          words(t('health.folder')),
          numbers(t('health.folder.free')),
          numbers(t('health.folder.total')),
          numbers(t('health.folder.recordings')),
          numbers(t('health.folder.oldest')),
          numbers(t('health.folder.full')),
        ]}
        rows={disks.folders.map((folder) => ({
          key: folder.id,
          cells: [
            <span key="path" className="health-path">
              {folder.path}
              <small className={folder.state === 'ready' ? undefined : 'health-bad'}>
                {folderState(folder)}
              </small>
            </span>,
            valueText(folder.free_bytes, 'bytes'),
            valueText(folder.total_bytes, 'bytes'),
            valueText(folder.recorded_bytes, 'bytes'),
            folder.oldest === null ? NOTHING : dateText(Date.parse(folder.oldest)),
            folder.days_until_full === null ? NOTHING : daysText(folder.days_until_full),
          ],
        }))}
      />
    </>
  );
}

function Live({ report: { sfu } }: Props) {
  return (
    <Facts>
      <Fact name={t('health.fact.workers')}>{sfu.workers}</Fact>
      <Fact name={t('health.fact.producers')}>{sfu.producers}</Fact>
      <Fact name={t('health.fact.consumers')}>{sfu.consumers}</Fact>
      <Fact name={t('health.fact.transports')}>{sfu.transports}</Fact>
      <Fact name={t('health.fact.lostIn')}>{sfu.in.lost}</Fact>
      <Fact name={t('health.fact.lostOut')}>{sfu.out.lost}</Fact>
    </Facts>
  );
}

function Databases({ report: { store } }: Props) {
  const dropped = Object.values(store.events.dropped).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <Facts>
        <Fact name={t('health.fact.stored')}>{store.events.stored}</Fact>
        <Fact name={t('health.fact.dropped')}>{dropped}</Fact>
      </Facts>
      <FigureTable
        label={t('health.databases')}
        empty={t('health.none')}
        columns={[
          words(t('health.database')),
          numbers(t('health.database.size')),
          numbers(t('health.database.wal')),
          numbers(t('health.database.queue')),
          numbers(t('health.database.write')),
          numbers(t('health.database.read')),
          numbers(t('health.database.failures')),
        ]}
        rows={store.databases.map(({ name, is_open, bytes, wal_bytes, writer, readers }) => ({
          key: name,
          cells: [
            <span key="name" className="health-path">
              {t(`health.database.${name}`)}
              {is_open ? null : <small className="health-bad">{t('health.database.closed')}</small>}
            </span>,
            valueText(bytes, 'bytes'),
            valueText(wal_bytes, 'bytes'),
            (writer?.queue ?? 0) + (readers?.queue ?? 0),
            latencyText(writer),
            latencyText(readers),
            (writer?.failures ?? 0) + (readers?.failures ?? 0) + (readers?.timeouts ?? 0),
          ],
        }))}
      />
    </>
  );
}

function Process({ report }: Props) {
  const { totals, processes, cameras } = report;
  const nameOf = (stream: string | null) =>
    cameras.find(({ camera_id }) => stream?.startsWith(camera_id) === true)?.name ?? null;
  const sorted = [...processes].sort((one, other) => (other.cpu_percent ?? 0) - (one.cpu_percent ?? 0));
  const since = Date.parse(report.timestamp) - report.uptime_s * 1000;
  return (
    <>
      <Facts>
        <Fact name={t('health.fact.cpu', { cores: totals.cores })}>
          {valueText(totals.cpu_percent, 'percent')}
        </Fact>
        <Fact name={t('health.fact.memory')}>{valueText(totals.memory_bytes, 'bytes')}</Fact>
        <Fact
          name={t('health.fact.loop')}
          detail={t('health.fact.loopDetail', {
            p50: valueText(report.event_loop_delay_p50_ms, 'ms'),
            max: valueText(report.event_loop_delay_max_ms, 'ms'),
          })}
        >
          {valueText(report.event_loop_delay_p99_ms, 'ms')}
        </Fact>
        <Fact name={t('health.fact.uptime')} detail={dateText(since)}>
          {clockText(since)}
        </Fact>
      </Facts>
      <FigureTable
        label={t('health.processes')}
        empty={t('health.none')}
        columns={[
          words(t('health.process')),
          words(t('health.camera')),
          numbers(t('health.process.pid')),
          numbers(t('health.process.cpu')),
          numbers(t('health.process.memory')),
        ]}
        rows={sorted.map(({ pid, kind, stream, cpu_percent, memory_bytes }) => ({
          key: String(pid),
          cells: [
            processText(kind, (id) => report.detectors.find(({ model_id }) => model_id === id)?.name ?? id),
            nameOf(stream) ?? '',
            pid,
            valueText(cpu_percent, 'percent'),
            valueText(memory_bytes, 'bytes'),
          ],
        }))}
      />
    </>
  );
}

const DETAILS = {
  recording: Recording,
  disks: Disks,
  live: Live,
  store: Databases,
  frames: Frames,
  models: Models,
  process: Process,
} as const;

/** The figures of an area; cameras have a table of their own. */
export function AreaDetails({ id, report }: Props & { readonly id: Exclude<HealthArea['id'], 'cameras'> }) {
  const Details = DETAILS[id];
  return <Details report={report} />;
}
