import type { SectionChanges } from '../../../../contract/backup';
import { t } from '../../../strings';
import { Notice } from '../../../ui/Notice';
import { changesNothing, namesText, partName } from './changesModel';

/** What a restore would do, part by part. */
export function ChangesTable({ sections }: { readonly sections: readonly SectionChanges[] }) {
  if (changesNothing(sections)) return <Notice tone="info">{t('backup.nothing')}</Notice>;
  const cell = (section: string, names: readonly string[], kind: string) => (
    <td className={names.length > 0 ? `changes-${kind}` : 'changes-none'}>
      <span className="numeric changes-count">{names.length}</span>
      {names.length > 0 ? <span className="changes-names">{namesText(section, names)}</span> : null}
    </td>
  );
  return (
    <table className="changes">
      <thead>
        <tr>
          <th scope="col">{t('backup.section')}</th>
          <th scope="col">{t('backup.added')}</th>
          <th scope="col">{t('backup.changed')}</th>
          <th scope="col">{t('backup.removed')}</th>
          <th scope="col">{t('backup.same')}</th>
        </tr>
      </thead>
      <tbody>
        {sections.map(({ section, added, changed, removed, same }) => (
          <tr key={section}>
            <th scope="row">{partName(section)}</th>
            {cell(section, added, 'added')}
            {cell(section, changed, 'changed')}
            {cell(section, removed, 'removed')}
            <td className="numeric changes-none">{same}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
