import { Checkbox } from 'react-aria-components';
import { t } from '../../strings';
import { CheckIcon } from '../../ui/icons';
import { NewGroup } from './NewGroup';

export type Membership = 'all' | 'some' | 'none';

export interface GroupCheck {
  readonly name: string;
  readonly membership: Membership;
}

export interface GroupChecksProps {
  readonly label: string;
  readonly groups: readonly GroupCheck[];
  readonly onChange: (name: string, isMember: boolean) => void;
  /** A group that does not exist yet; it comes checked. */
  readonly onAdd: (name: string) => void;
}

/** Groups with a check mark each; `some` shows a dash until it is decided. */
export function GroupChecks({ label, groups, onChange, onAdd }: GroupChecksProps) {
  return (
    <div className="group-checks">
      {groups.length === 0 ? (
        <p className="second-line">{t('groups.noneYet')}</p>
      ) : (
        <div className="group-check-list" role="group" aria-label={label}>
          {groups.map(({ name, membership }) => (
            <Checkbox
              key={name}
              className="choice"
              isSelected={membership === 'all'}
              isIndeterminate={membership === 'some'}
              onChange={(isMember) => onChange(name, isMember)}
            >
              <span className="choice-mark choice-box">
                {membership === 'all' ? <CheckIcon size={14} /> : membership === 'some' ? '\u2013' : null}
              </span>
              <span className="one-line">{name}</span>
              {membership === 'some' ? <span className="second-line">{t('groups.some')}</span> : null}
            </Checkbox>
          ))}
        </div>
      )}
      <NewGroup taken={groups.map(({ name }) => name)} onAdd={onAdd} />
    </div>
  );
}
