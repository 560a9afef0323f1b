import type { AiEventFilter } from '../../../../contract';
import { command, toCallError } from '../../../data/call';
import { useMay } from '../../../data/SessionProvider';
import { t } from '../../../strings';
import { ExportIcon, ListIcon } from '../../../ui/icons';
import { Menu } from '../../../ui/Menu';
import { toast } from '../../../ui/toasts';

export interface ExportMenuProps {
  /** The filter whose events are exported, all of them. */
  readonly request: AiEventFilter;
  readonly isEmpty: boolean;
}

/** Everything that the filter finds, as a file. */
export function ExportMenu({ request, isEmpty }: ExportMenuProps) {
  const mayExport = useMay('export');
  const start = async (format: 'csv' | 'json') => {
    try {
      await command('ai-events.export', { filter: request, format });
    } catch (error) {
      toast({ tone: 'bad', title: t('export.failed'), text: toCallError(error, 'ai-events.export').message });
    }
  };
  if (!mayExport) return null;
  return (
    <Menu
      label={t('export.label')}
      icon={<ExportIcon />}
      entries={(['csv', 'json'] as const).map((format) => ({
        id: format,
        label: t(`export.${format}`),
        icon: ListIcon,
        isDisabled: isEmpty,
        onAction: () => void start(format),
      }))}
    />
  );
}
