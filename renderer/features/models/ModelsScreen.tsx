import { useState } from 'react';
import type { ModelCandidate } from '../../../contract';
import { useSettings } from '../../data/SettingsProvider';
import { useCommand } from '../../data/useCommand';
import { plural, t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { EmptyState } from '../../ui/EmptyState';
import { FolderIcon } from '../../ui/icons';
import { Notice } from '../../ui/Notice';
import { toast } from '../../ui/toasts';
import { ImportDialog } from './ImportDialog';
import { useNavigation } from '../shell/Navigation';
import { ScreenFrame } from '../shell/ScreenFrame';
import { CameraChoice } from './CameraChoice';
import { ModelCard } from './ModelCard';
import { ModelIcon } from './modelIcon';
import { TrialDialog } from './TrialDialog';
import type { ModelEntry } from './useModels';
import { useModels } from './useModels';
import './models.css';

/** The models, the processes that run them, and folders that are no usable model. */
export function ModelsScreen() {
  const { isLoading, error, entries, unusable, refetch } = useModels();
  const { frameExport } = useSettings();
  const { open } = useNavigation();
  const [restarting, setRestarting] = useState<ModelEntry | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const enable = useCommand('ai-models.set-enabled');
  const restart = useCommand('model-containers.restart');
  const choosing = useCommand('model-containers.choose-folder');
  const [candidate, setCandidate] = useState<ModelCandidate | null>(null);
  const [tried, setTried] = useState<string | null>(null);

  const onEnable = (entry: ModelEntry) => async (enabled: boolean) => {
    const done = await enable.run({ model_id: entry.id, enabled });
    if (!done.ok) toast({ tone: 'bad', title: t('models.notChanged'), text: done.error.message });
    refetch();
  };
  const onRestart = async (entry: ModelEntry) => {
    setRestarting(null);
    setBusy(entry.id);
    const done = await restart.run({ model_id: entry.id });
    setBusy(null);
    if (done.ok) toast({ tone: 'ok', title: t('models.restarted', { name: nameOf(entry) }) });
    else
      toast({
        tone: 'bad',
        title: t('models.notRestarted', { name: nameOf(entry) }),
        text: done.error.message,
      });
    refetch();
  };
  const onImport = async () => {
    if (choosing.running) return;
    const done = await choosing.run({});
    if (!done.ok) toast({ tone: 'bad', title: t('models.notImported'), text: done.error.message });
    else setCandidate(done.data.chosen);
  };
  const isOff = frameExport?.running === false;
  const problems = unusable.length;
  const triedEntry = entries.find(({ id }) => id === tried);

  return (
    <ScreenFrame
      title={t('screen.models')}
      toolbar={
        <>
          <Button onPress={() => void onImport()}>
            <FolderIcon size={16} />
            {t('models.import')}
          </Button>
          <CameraChoice />
        </>
      }
    >
      <div className="models">
        {isOff ? (
          <Notice
            tone="warn"
            title={t('detection.off')}
            actions={<Button onPress={() => open('settings')}>{t('detection.toSettings')}</Button>}
          >
            {t('models.offText')}
          </Notice>
        ) : null}
        <FailureNotice title={t('models.failed')} error={error} onRetry={refetch} />
        {isLoading && error === null ? <Busy text={t('detection.loading')} /> : null}
        {!isLoading && entries.length === 0 && problems === 0 ? (
          <EmptyState icon={ModelIcon} title={t('models.emptyTitle')} text={t('models.emptyText')} />
        ) : null}
        {problems === 0 ? null : (
          <Notice tone="warn" title={plural('models.unusable', problems)}>
            <ul className="models-problems">
              {unusable.map(({ folder, problems: reasons }) => (
                <li key={folder}>
                  <strong>{folder}</strong>: {reasons.join('; ')}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        <div className="model-cards">
          {entries.map((entry) => (
            <ModelCard
              key={entry.id}
              entry={entry}
              isBusy={busy === entry.id}
              onEnable={(enabled) => void onEnable(entry)(enabled)}
              onRestart={() => setRestarting(entry)}
              onTry={() => setTried(entry.id)}
            />
          ))}
        </div>
      </div>
      {restarting === null ? null : (
        <ConfirmDialog
          title={t('models.restartTitle', { name: nameOf(restarting) })}
          action={t('models.restart')}
          onCancel={() => setRestarting(null)}
          onConfirm={() => void onRestart(restarting)}
        >
          <p>{t('models.restartText')}</p>
        </ConfirmDialog>
      )}
      {candidate === null ? null : (
        <ImportDialog
          candidate={candidate}
          onImported={refetch}
          onTry={() => {
            setCandidate(null);
            setTried(candidate.model_id);
          }}
          onClose={() => setCandidate(null)}
        />
      )}
      {triedEntry === undefined ? null : (
        <TrialDialog
          modelId={triedEntry.id}
          name={nameOf(triedEntry)}
          isOff={triedEntry.model?.enabled === false}
          onUse={() => void onEnable(triedEntry)(true)}
          onClose={() => setTried(null)}
        />
      )}
    </ScreenFrame>
  );
}

const nameOf = ({ id, model, container }: ModelEntry): string => model?.name ?? container?.name ?? id;
