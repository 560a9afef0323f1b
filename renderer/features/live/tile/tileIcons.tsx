import { icon } from '../../../ui/icons';

export const BackIcon = icon(
  <>
    <path d="M4.2 7.2A7 7 0 1 1 3 10.6M4 3.2v4.2h4.2" />
    <path d="M10 7v3.4l2.4 1.5" />
  </>,
);
export const PauseIcon = icon(<path d="M7 4.5v11M13 4.5v11" strokeWidth="2.4" />);
export const StatisticsIcon = icon(<path d="M3.5 16.5h13M5.5 13.5v-4M10 13.5v-9M14.5 13.5V7.2" />);
export const DetectionIcon = icon(
  <>
    <path d="M3 6.5V3h3.5M13.5 3H17v3.5M17 13.5V17h-3.5M6.5 17H3v-3.5" />
    <path d="M10 9.2a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zM6.6 14.6c.3-2.1 1.6-3.2 3.4-3.2s3.1 1.1 3.4 3.2" />
  </>,
);
export const SoundIcon = icon(
  <path d="M3 8v4h2.8L10 15.4V4.6L5.8 8zM12.8 7.4a3.8 3.8 0 0 1 0 5.2M15 5.2a7 7 0 0 1 0 9.6" />,
);
export const SoundOffIcon = icon(<path d="M3 8v4h2.8L10 15.4V4.6L5.8 8zM13 8l4 4M17 8l-4 4" />);
