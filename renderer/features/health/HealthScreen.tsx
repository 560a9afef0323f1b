import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { HealthArea, HealthReport } from '../../../contract';
import { plural, t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { CameraIcon, CheckIcon, ErrorIcon, WarningIcon } from '../../ui/icons';
import { Notice } from '../../ui/Notice';
import { SelectInput } from '../../ui/SelectInput';
import { Toggle } from '../../ui/Toggle';
import { SupportBundleButton } from '../support/SupportBundleButton';
import { useNavigation } from '../shell/Navigation';
import { ScreenFrame } from '../shell/ScreenFrame';
import { AreaDetails } from './AreaDetails';
import { CameraFigures } from './CameraFigures';
import { areaLine } from './healthText';
import { OffIcon } from './healthIcon';
import { Plots } from './Plots';
import { AREA_PLOTS, CAMERA_PLOTS } from './plots';
import type { Range } from './useHealth';
import { RANGE_IDS, useHealth } from './useHealth';
import './health.css';

const ICONS = { ok: CheckIcon, off: OffIcon, warn: WarningIcon, bad: ErrorIcon } as const;

/** How the workstation is: each area in a line, and the figures and plots of the one that is chosen. */
export function HealthScreen() {
  const { report, error, refetch } = useHealth();
  const [areaId, setArea] = useState<HealthArea['id']>('cameras');
  const [range, setRange] = useState<Range>('1h');
  const [asTable, setAsTable] = useState(false);
  return (
    <ScreenFrame
      title={t('screen.health')}
      toolbar={
        <>
          <div className="health-range">
            <SelectInput
              label={t('health.range')}
              labelHidden
              value={range}
              options={RANGE_IDS.map((id) => ({
                value: id,
                label: t('health.rangeOf', { range: t(`health.range.${id}`) }),
              }))}
              onChange={setRange}
            />
          </div>
          <Toggle label={t('health.asTable')} isSelected={asTable} onChange={setAsTable} />
          <SupportBundleButton />
        </>
      }
    >
      {error === null ? null : (
        <div className="screen-message">
          <FailureNotice title={t('health.failed')} error={error} onRetry={refetch}>
            <p>{t(report === null ? 'health.failedText' : 'health.stale')}</p>
          </FailureNotice>
        </div>
      )}
      {report === null ? (
        error === null ? (
          <div className="screen-loading">
            <Busy text={t('health.loading')} />
          </div>
        ) : null
      ) : (
        <div className="health">
          <Areas report={report} chosen={areaId} onChoose={setArea} />
          <div className="health-pane" data-testid="health-pane" data-area={areaId}>
            {areaId === 'cameras' ? (
              <Cameras {...{ report, range, asTable }} />
            ) : (
              <Area key={areaId} {...{ id: areaId, report, range, asTable }} />
            )}
          </div>
        </div>
      )}
    </ScreenFrame>
  );
}

interface AreasProps {
  readonly report: HealthReport;
  readonly chosen: HealthArea['id'];
  readonly onChoose: (id: HealthArea['id']) => void;
}

function Areas({ report, chosen, onChoose }: AreasProps) {
  const troubled = report.areas.filter(({ state }) => state === 'warn' || state === 'bad').length;
  return (
    <div className="health-areas">
      <p className={`health-verdict health-verdict-${troubled === 0 ? 'ok' : 'bad'}`} role="status">
        {troubled === 0 ? <CheckIcon /> : <WarningIcon />}
        {troubled === 0 ? t('health.well') : plural('health.notWell', troubled)}
      </p>
      <ListBox
        aria-label={t('health.areas')}
        className="health-list"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          const found = keys === 'all' ? undefined : report.areas.find(({ id }) => id === [...keys][0]);
          if (found !== undefined) onChoose(found.id);
        }}
        items={report.areas}
        dependencies={[report]}
      >
        {(area) => {
          const Icon = ICONS[area.state];
          return (
            <ListBoxItem
              id={area.id}
              className="health-area"
              textValue={t(`health.area.${area.id}`)}
              data-state={area.state}
              data-testid={`health-area-${area.id}`}
            >
              <Icon size={18} className={`health-icon health-icon-${area.state}`} />
              <span className="two-lines">
                <span className="health-area-name">
                  {t(`health.area.${area.id}`)}
                  <span className="visually-hidden">: {t(`health.state.${area.state}`)}</span>
                </span>
                <span className="second-line numeric">{areaLine(area, report)}</span>
              </span>
            </ListBoxItem>
          );
        }}
      </ListBox>
    </div>
  );
}

interface PaneProps {
  readonly report: HealthReport;
  readonly range: Range;
  readonly asTable: boolean;
}

function Cameras({ report, range, asTable }: PaneProps) {
  const [selected, setSelected] = useState<string | null>(null);
  const camera = report.cameras.find(({ camera_id }) => camera_id === selected) ?? null;
  if (report.cameras.length === 0)
    return (
      <EmptyState icon={CameraIcon} title={t('health.noCamerasTitle')} text={t('health.noCamerasText')} />
    );
  return (
    <>
      <CameraFigures
        cameras={report.cameras}
        isDetecting={report.frames.is_running}
        selected={selected}
        onSelect={setSelected}
      />
      <div className="health-of">
        <h2>{camera === null ? t('health.allCameras') : t('health.plotsOf', { name: camera.name })}</h2>
        {camera === null ? null : (
          <Button look="quiet" onPress={() => setSelected(null)}>
            {t('health.showAll')}
          </Button>
        )}
      </div>
      <Plots
        key={camera?.camera_id ?? 'all'}
        definitions={camera === null ? AREA_PLOTS.cameras : CAMERA_PLOTS}
        cameraId={camera?.camera_id ?? null}
        {...{ report, range, asTable }}
      />
    </>
  );
}

function Area({
  id,
  report,
  range,
  asTable,
}: PaneProps & { readonly id: Exclude<HealthArea['id'], 'cameras'> }) {
  const { open } = useNavigation();
  const isOff = (id === 'frames' || id === 'models') && !report.frames.is_running;
  return (
    <>
      {isOff ? (
        <Notice
          tone="info"
          title={t('health.framesOff')}
          actions={
            <Button needs="configure" onPress={() => open('settings')}>
              {t('detection.toSettings')}
            </Button>
          }
        >
          {t('health.framesOffText')}
        </Notice>
      ) : (
        <AreaDetails id={id} report={report} />
      )}
      <Plots
        definitions={AREA_PLOTS[id]}
        cameraId={null}
        isOfModels={id === 'models'}
        isOff={isOff}
        {...{ report, range, asTable }}
      />
    </>
  );
}
