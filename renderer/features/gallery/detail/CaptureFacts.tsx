import type { Capture } from '../../../../contract';
import { t } from '../../../strings';
import type { Fact } from '../../../ui/FactList';
import { FactList } from '../../../ui/FactList';
import { bytesText, clockText, momentBeside, momentText } from '../../../ui/timeText';
import { lengthText } from '../captureText';

/** What is known of a capture. */
export function CaptureFacts({ capture }: { readonly capture: Capture }) {
  const { start_timestamp: start, end_timestamp: end, duration, width, height } = capture;
  const bytes = bytesText(capture.file_size);
  const facts: Fact[] = [
    [t('gallery.camera'), capture.device_name],
    [t('gallery.moment'), momentText(Date.parse(capture.timestamp))],
    ...(start === null || end === null
      ? []
      : [
          [
            t('gallery.span'),
            t('gallery.spanText', {
              from: clockText(Date.parse(start)),
              to: momentBeside(Date.parse(end), Date.parse(start)),
            }),
          ] satisfies Fact,
        ]),
    ...(duration === null ? [] : [[t('gallery.length'), lengthText(duration)] satisfies Fact]),
    [
      t('gallery.size'),
      width === null || height === null ? bytes : t('gallery.sizeOfPicture', { width, height, bytes }),
    ],
    [
      t('gallery.taken'),
      t('gallery.takenBy', { time: momentText(Date.parse(capture.created_at)), name: capture.created_by }),
    ],
  ];
  return <FactList facts={facts} className="gallery-facts" />;
}
