import type { ReactNode } from 'react';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useSession } from '../../data/SessionProvider';
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
import { AuditSection } from '../audit/AuditSection';
import { UsersSection } from '../users/UsersSection';
import { DesktopSection } from '../desktop/DesktopSection';
import './settings.css';

const SECTIONS = [
  { id: 'recording', content: RecordingSection, needs: 'configure' },
  { id: 'appearance', content: AppearanceSection },
  { id: 'desktop', content: DesktopSection, needs: 'configure' },
  { id: 'alerts', content: AlertsSection, needs: 'configure' },
  { id: 'ai', content: AiSection, needs: 'configure' },
  { id: 'events', content: EventsSection, needs: 'configure' },
  { id: 'users', content: UsersSection, needs: 'users.manage' },
  { id: 'audit', content: AuditSection, needs: 'audit.read', isWide: true },
  { id: 'backup', content: BackupSection, needs: 'configure' },
  { id: 'about', content: AboutSection },
] as const satisfies readonly Section[];

interface Section {
  readonly id: string;
  readonly content: () => ReactNode;
  /** The right without which all of it would be refused. */
  readonly needs?: string;
  /** Takes the whole width and height. */
  readonly isWide?: boolean;
}

type SectionId = (typeof SECTIONS)[number]['id'];

/** Where the operator was last, while the window is open. */
let lastSection: SectionId = SECTIONS[0].id;

/** Everything that is set for the whole workstation. */
export function SettingsScreen() {
  const { settings } = useSettings();
  const session = useSession();
  const [chosen, setSection] = useState<SectionId>(lastSection);
  const sections = SECTIONS.filter(
    (one: Section) => one.needs === undefined || session === null || session.rights.includes(one.needs),
  );
  const section = sections.some(({ id }) => id === chosen) ? chosen : 'appearance';
  return (
    <ScreenFrame title={t('screen.settings')}>
      {settings === null ? (
        <div className="screen-loading">
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
            {sections.map(({ id }) => (
              <Tab key={id} id={id} className="settings-tab">
                {t(`settings.section.${id}`)}
              </Tab>
            ))}
          </TabList>
          {sections.map(({ id, content: Content, ...more }) => (
            <TabPanel key={id} id={id} className="settings-panel">
              <div className={'isWide' in more ? 'settings-page settings-page-wide' : 'settings-page'}>
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
