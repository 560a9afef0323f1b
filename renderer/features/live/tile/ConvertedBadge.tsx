import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { TranscodeReason, VideoInfo } from '../../../data/videoText';
import { reasonExplanation, reasonNames } from '../../../data/videoText';
import { t } from '../../../strings';
import { ConvertIcon } from '../../../ui/icons';

export interface ConvertedBadgeProps {
  readonly reasons: readonly TranscodeReason[];
  readonly video: VideoInfo | null;
}

/** Says that the live picture is converted, and on demand why. */
export function ConvertedBadge({ reasons, video }: ConvertedBadgeProps) {
  const names = reasonNames(reasons, video);
  return (
    <DialogTrigger>
      <Button
        className="tile-badge"
        aria-label={t('convert.badgeLabel', { reasons: names })}
        data-testid="converted-badge"
      >
        <ConvertIcon size={14} />
        {t('convert.badge', { reasons: names })}
      </Button>
      <Popover className="menu-popover convert-popover" placement="bottom end">
        <Dialog className="convert-dialog">
          <Heading slot="title" className="convert-title">
            {t('convert.title')}
          </Heading>
          <p>{t('convert.text')}</p>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reasonExplanation(reason, video)}</li>
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
