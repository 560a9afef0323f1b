import { icon } from './icons';

export const PauseIcon = icon(<path d="M7 4.5v11M13 4.5v11" />);
export const PreviousIcon = icon(<path d="M15 4.5v11L7 10zM5 4.5v11" />);
export const NextIcon = icon(<path d="M5 4.5v11l8-5.5zM15 4.5v11" />);
export const TourIcon = icon(
  <path d="M4 10a6 6 0 0 1 10.4-4M16 3.5v3h-3M16 10a6 6 0 0 1-10.4 4M4 16.5v-3h3" />,
);
export const ListIcon = icon(
  <>
    <rect x="2.5" y="4" width="15" height="12" rx="1" />
    <path d="M8 4v12M4.5 7.2h1.6M4.5 10h1.6M4.5 12.8h1.6" />
  </>,
);
export const ArrangeIcon = icon(
  <path d="M10 3v14M3 10h14M8 5l2-2 2 2M8 15l2 2 2-2M5 8l-2 2 2 2M15 8l2 2-2 2" />,
);
export const FullScreenIcon = icon(<path d="M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4" />);
export const LeaveFullScreenIcon = icon(
  <path d="M7.5 3.5v4h-4M16.5 7.5h-4v-4M12.5 16.5v-4h4M3.5 12.5h4v4" />,
);
export const WindowIcon = icon(
  <>
    <rect x="2.5" y="6.5" width="10" height="9" rx="1" />
    <path d="M7.5 6.5v-3h10v9h-5" />
  </>,
);
export const SaveIcon = icon(<path d="M4 4h9.5L16 6.5V16H4zM7 4v4h5V4M7 16v-4.5h6V16" />);
export const UpIcon = icon(<path d="m5.5 12.5 4.5-5 4.5 5" />);
export const DownIcon = icon(<path d="m5.5 7.5 4.5 5 4.5-5" />);
