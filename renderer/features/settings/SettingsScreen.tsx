import type { ReactNode } from 'react';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useSettings } from '../../data/SettingsProvider';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { ScreenFrame } from '../shell/ScreenFrame';
import { AlertsSection } from '../alerts/AlertsSection';
import { AiSection } from './AiSection';
import { AppearanceSection } from './AppearanceSection';
import { AboutSection } from './about/AboutSection';
import { BackupSection } from './backup/BackupSection';
import { RecordingSection } from './recording/RecordingSection';
import { EventsSection } from '../events/settings/EventsSection';
import { DesktopSection } from '../desktop/DesktopSection';
import './settings.css';

const SECTIONS = [
  { id: 'recording', content: RecordingSection },
  { id: 'appearance', content: AppearanceSection },
  { id: 'desktop', content: DesktopSection },
  { id: 'alerts', content: AlertsSection },
  { id: 'ai', content: AiSection },
  { id: 'events', content: EventsSection },
  { id: 'backup', content: BackupSection },
  { id: 'about', content: AboutSection },
] as const satisfies readonly { readonly id: string; readonly content: () => ReactNode }[];

type SectionId = (typeof SECTIONS)[number]['id'];

/** Where the operator was last, while the window is open. */
let lastSection: SectionId = SECTIONS[0].id;

/** Everything that is set for the whole workstation. */
export function SettingsScreen() {
  const { settings } = useSettings();
  const [section, setSection] = useState<SectionId>(lastSection);
  return (
    <ScreenFrame title={t('screen.settings')}>
      {settings === null ? (
        <div className="settings-loading">
          <Busy text={t('settings.loading')} />
        </div>
      ) : (
        <Tabs
          className="settings"
          orientation="vertical"
          selectedKey={section}
          onSelectionChange={(key) => {
            lastSection = key as SectionId;
            setSection(lastSection);
          }}
        >
          <TabList className="settings-sections" aria-label={t('settings.sections')}>
            {SECTIONS.map(({ id }) => (
              <Tab key={id} id={id} className="settings-tab">
                {t(`settings.section.${id}`)}
              </Tab>
            ))}
          </TabList>
          {SECTIONS.map(({ id, content: Content }) => (
            <TabPanel key={id} id={id} className="settings-panel">
              <div className="settings-page">
                <h2 className="settings-title">{t(`settings.section.${id}`)}</h2>
                <Content />
              </div>
            </TabPanel>
          ))}
        </Tabs>
      )}
    </ScreenFrame>
  );
}
