import { useState } from 'react';
import type { DesktopState } from '../../../contract';
import { command, toCallError } from '../../data/call';
import { useQuery } from '../../data/useQuery';
import { useSettings } from '../../data/SettingsProvider';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Toggle } from '../../ui/Toggle';
import { toast } from '../../ui/toasts';
import { SettingRow } from '../settings/SettingRow';

/** How the application behaves on the desktop: closing, starting at login, restarting, quitting. */
export function DesktopSection() {
  const { settings, update } = useSettings();
  const asked = useQuery('desktop.get', {});
  const [changed, setChanged] = useState<DesktopState | null>(null);
  if (settings === null) return null;
  const state = changed ?? asked.data;
  const change = (patch: { autostart?: boolean; crash_restart?: boolean }) => {
    command('desktop.update', patch).then(setChanged, (error: unknown) =>
      toast({
        tone: 'bad',
        title: t('desktop.failed'),
        text: toCallError(error, 'desktop.update').message,
      }),
    );
  };
  return (
    <>
      <SettingRow
        title={t('desktop.keepRunning')}
        hint={t('desktop.keepRunningHint')}
        below={
          state?.tray === false && settings.keep_running ? (
            <Notice tone="info" title={t('desktop.noTray')}>
              {t('desktop.noTrayText')}
            </Notice>
          ) : null
        }
      >
        <Toggle
          label={t('desktop.keepRunning')}
          labelHidden
          isSelected={settings.keep_running}
          onChange={(on) => void update({ keep_running: on })}
        />
      </SettingRow>
      {asked.error !== null && state === null ? (
        <Notice tone="bad" title={t('desktop.failed')}>
          {asked.error.message}
        </Notice>
      ) : null}
      {state === null ? (
        asked.error === null ? (
          <Busy text={t('desktop.loading')} />
        ) : null
      ) : (
        <>
          <Offer
            title={t('desktop.autostart')}
            hint={t('desktop.autostartHint')}
            offer={state.autostart}
            onChange={(autostart) => change({ autostart })}
          />
          <Offer
            title={t('desktop.crashRestart')}
            hint={t('desktop.crashRestartHint')}
            offer={state.crash_restart}
            onChange={(crash_restart) => change({ crash_restart })}
          />
        </>
      )}
      <SettingRow title={t('desktop.quitRow')} hint={t('desktop.quitRowHint')}>
        <Button onPress={() => void command('desktop.quit', {}).catch(() => undefined)}>
          {t('desktop.quitButton')}
        </Button>
      </SettingRow>
    </>
  );
}

/** Something of the desktop that can be switched, or why it cannot. */
function Offer(props: {
  readonly title: string;
  readonly hint: string;
  readonly offer: DesktopState['autostart'];
  readonly onChange: (on: boolean) => void;
}) {
  const { title, hint, offer, onChange } = props;
  return (
    <SettingRow title={title} hint={hint}>
      <Toggle
        label={title}
        labelHidden
        isSelected={offer.on}
        isDisabled={!offer.available}
        onChange={onChange}
      />
      {offer.reason === null ? null : (
        <p className="setting-hint">{`${t('desktop.unavailable')}. ${offer.reason}`}</p>
      )}
    </SettingRow>
  );
}
