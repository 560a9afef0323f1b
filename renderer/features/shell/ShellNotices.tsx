import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useDevices } from '../../data/DevicesProvider';
import { useStreamsReported } from '../../data/StreamsProvider';
import { plural } from '../../strings';
import { ErrorIcon, WarningIcon } from '../../ui/icons';
import { useNavigation } from './Navigation';
import { shellNotices } from './notices';

/** The main process reports the streams at once; later than this it is not answering. */
const SILENT_AFTER_MS = 8_000;

/** The most urgent thing to know, in the header; pressing it opens the screen that shows more. */
export function ShellNotices() {
  const { error } = useDevices();
  const reported = useStreamsReported();
  const [waited, setWaited] = useState(false);
  const { open } = useNavigation();
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), SILENT_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  const notices = shellNotices({
    devicesError: error,
    silent: waited && !reported,
  });
  const [first, ...more] = notices;
  return (
    <div className="shell-notices" role="status" data-testid="shell-notices">
      {first === undefined ? null : (
        <Button
          className={`shell-notice shell-notice-${first.tone}`}
          onPress={() => {
            if (first.screen !== null) open(first.screen);
          }}
        >
          {first.tone === 'bad' ? <ErrorIcon size={16} /> : <WarningIcon size={16} />}
          <span className="shell-notice-text">{first.text}</span>
          {more.length === 0 ? null : (
            <span className="shell-notice-more">{plural('notice.more', more.length)}</span>
          )}
        </Button>
      )}
    </div>
  );
}
