import { Dialog, DialogTrigger, Popover, Button } from 'react-aria-components';
import { t } from '../../strings';
import { ChevronIcon } from '../../ui/icons';
import { GroupChecks } from './GroupChecks';
import { useGroups } from './useGroups';

export interface GroupFieldProps {
  readonly value: readonly string[];
  readonly onChange: (groups: readonly string[]) => void;
}

/** The groups of one camera: a field that opens their list. */
export function GroupField({ value, onChange }: GroupFieldProps) {
  const known = useGroups().data?.groups.map(({ name }) => name) ?? [];
  const names = [...new Set([...known, ...value])];
  return (
    <div className="field">
      <span className="field-label" id="group-field-label">
        {t('groups.field')}
      </span>
      <DialogTrigger>
        <Button className="select-button" aria-labelledby="group-field-label group-field-value">
          <span id="group-field-value" className="select-value">
            {value.length === 0 ? t('groups.fieldNone') : value.join(', ')}
          </span>
          <ChevronIcon size={14} />
        </Button>
        <Popover className="menu-popover group-popover" placement="bottom start">
          <Dialog aria-label={t('groups.fieldChoose')} className="group-popover-content">
            <GroupChecks
              label={t('groups.list')}
              groups={names.map((name) => ({ name, membership: value.includes(name) ? 'all' : 'none' }))}
              onChange={(name, isMember) =>
                onChange(isMember ? [...value, name] : value.filter((other) => other !== name))
              }
              onAdd={(name) => onChange([...value, name])}
            />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}
