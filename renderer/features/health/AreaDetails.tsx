import type { HealthArea, HealthReport } from '../../../contract';
import { t } from '../../strings';
import { dateText, clockText } from '../../ui/timeText';
import { Fact, Facts, FigureTable } from './Facts';
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
          t('health.folder'),
          t('health.folder.free'),
          t('health.folder.total'),
          t('health.folder.recordings'),
          t('health.folder.oldest'),
          t('health.folder.full'),
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
          t('health.database'),
          t('health.database.size'),
          t('health.database.wal'),
          t('health.database.queue'),
          t('health.database.write'),
          t('health.database.read'),
          t('health.database.failures'),
        ]}
        rows={store.databases.map(({ name, bytes, wal_bytes, writer, readers }) => ({
          key: name,
          cells: [
            t(`health.database.${name}`),
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

/** In words where there are any: a decoder may know more phases than a stream. */
function phaseText(phase: string): string {
  const known = (['stopped', 'starting', 'running', 'stalled', 'backing-off'] as const).find(
    (one) => one === phase,
  );
  return known === undefined ? t('health.decoder.waiting') : t(`health.phase.${known}`);
}

function Frames({ report: { frames, cameras, detection_fps } }: Props) {
  return (
    <>
      <Facts>
        <Fact name={t('health.fact.detectionFps')}>{valueText(detection_fps, 'perS')}</Fact>
        <Fact name={t('health.fact.published')}>{frames.published}</Fact>
        <Fact name={t('health.fact.overwritten')}>{frames.overwritten}</Fact>
        <Fact name={t('health.fact.torn')}>{frames.torn}</Fact>
        <Fact name={t('health.fact.stale')}>{frames.stale_reads}</Fact>
        <Fact name={t('health.fact.unreadable')}>{frames.unreadable}</Fact>
      </Facts>
      <FigureTable
        label={t('health.decoders')}
        empty={t('health.noDecoders')}
        columns={[
          t('health.camera'),
          t('health.decoder.phase'),
          t('health.decoder.fps'),
          t('health.decoder.wanted'),
          t('health.decoder.method'),
          t('health.decoder.losses'),
          t('health.decoder.restarts'),
        ]}
        rows={frames.decoders.map((one) => ({
          key: `${one.camera_id} ${one.stream}`,
          cells: [
            cameras.find(({ camera_id }) => camera_id === one.camera_id)?.name ?? NOTHING,
            one.problem ?? phaseText(one.phase),
            valueText(one.fps, 'perS'),
            valueText(one.wanted_fps, 'perS'),
            one.method ?? t('health.decoder.cpu'),
            one.losses + one.refused,
            one.restarts,
          ],
        }))}
      />
    </>
  );
}

function Models({ report: { detectors } }: Props) {
  return (
    <FigureTable
      label={t('health.models')}
      empty={t('health.noModels')}
      columns={[
        t('health.model'),
        t('health.model.state'),
        t('health.model.speed'),
        t('health.model.rate'),
        t('health.model.refused'),
        t('health.model.errors'),
        t('health.process.memory'),
        t('health.model.heartbeat'),
        t('health.model.device'),
      ]}
      rows={detectors.map((one) => ({
        key: one.model_id,
        cells: [
          one.name,
          <span key="state" title={one.reason ?? undefined}>
            {t(`health.model.${one.state}`)}
          </span>,
          valueText(one.inference_speed, 'ms'),
          valueText(one.rate, 'perS'),
          one.queue_refusals,
          `${String(one.errors + one.timeouts)}, ${String(one.late)}`,
          valueText(one.memory_bytes, 'bytes'),
          one.heartbeat_age_ms === null ? NOTHING : lengthText(one.heartbeat_age_ms / 1000),
          one.device === null ? (
            NOTHING
          ) : (
            <span key="device" title={one.device.why ?? undefined}>
              {one.device.actual === one.device.requested
                ? one.device.actual
                : `${one.device.actual} (${one.device.requested})`}
            </span>
          ),
        ],
      }))}
    />
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
        <Fact name={t('health.fact.loop')}>
          {[report.event_loop_delay_p50_ms, report.event_loop_delay_p99_ms, report.event_loop_delay_max_ms]
            .map((ms) => valueText(ms, 'ms'))
            .join(', ')}
        </Fact>
        <Fact name={t('health.fact.uptime')}>{`${dateText(since)} ${clockText(since)}`}</Fact>
      </Facts>
      <FigureTable
        label={t('health.processes')}
        empty={t('health.none')}
        columns={[
          t('health.process'),
          t('health.camera'),
          t('health.process.pid'),
          t('health.process.cpu'),
          t('health.process.memory'),
        ]}
        rows={sorted.map(({ pid, kind, stream, cpu_percent, memory_bytes }) => ({
          key: String(pid),
          cells: [
            kind,
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
