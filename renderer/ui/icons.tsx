import type { ReactNode } from 'react';

export interface IconProps {
  /** Edge length in pixels; default 18. */
  readonly size?: number;
  readonly className?: string;
}

/** Icons never carry meaning alone: each stands beside a text or on a control with a name. */
export function icon(paths: ReactNode) {
  return function Icon({ size = 18, className }: IconProps) {
    return (
      <svg
        aria-hidden="true"
        className={className}
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {paths}
      </svg>
    );
  };
}

export const LiveIcon = icon(
  <>
    <rect x="2.5" y="3.5" width="15" height="10.5" rx="1.5" />
    <path d="M7 17h6M10 14v3" />
  </>,
);
export const CameraIcon = icon(
  <>
    <path d="m2.5 6.2 10.8-2.9 1.4 5.3-10.8 2.9zM14.2 6.7l2.6-.7.6 2.1-2.6.7M8.3 10.4v3.1a2 2 0 0 1-2 2H2.5" />
    <path d="M2.5 13v5" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M4.3 15.7l1.3-1.3M14.4 5.6l1.3-1.3" />
  </>,
);
export const MoonIcon = icon(<path d="M16.8 11.9A7 7 0 0 1 8.1 3.2a7 7 0 1 0 8.7 8.7z" />);
export const SystemThemeIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
  </>,
);
export const PlayIcon = icon(<path d="M6 4.2v11.6L15.6 10z" />);
export const StopIcon = icon(<rect x="5" y="5" width="10" height="10" rx="1" />);
export const PlusIcon = icon(<path d="M10 4v12M4 10h12" />);
export const MoreIcon = icon(
  <g fill="currentColor" stroke="none">
    <circle cx="4.5" cy="10" r="1.6" />
    <circle cx="10" cy="10" r="1.6" />
    <circle cx="15.5" cy="10" r="1.6" />
  </g>,
);
export const CloseIcon = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const ExpandIcon = icon(<path d="M12 3.5h4.5V8M8 16.5H3.5V12M16.2 3.8 11.5 8.5M3.8 16.2l4.7-4.7" />);
export const CollapseIcon = icon(<path d="M16 8h-4V4M4 12h4v4M12 8l4.5-4.5M8 12l-4.5 4.5" />);
export const SnapshotIcon = icon(
  <>
    <path d="M3 6.5h3l1.2-2h5.6l1.2 2h3v9.5H3z" />
    <circle cx="10" cy="11" r="2.8" />
  </>,
);
export const ClipIcon = icon(
  <>
    <rect x="3" y="4" width="14" height="12" rx="1.5" />
    <path d="M6.5 4v12M13.5 4v12M3 8h3.5M3 12h3.5M13.5 8H17M13.5 12H17" />
  </>,
);
export const SearchIcon = icon(
  <>
    <circle cx="8.8" cy="8.8" r="5" />
    <path d="m12.6 12.6 4 4" />
  </>,
);
export const EditIcon = icon(<path d="M4 16l.8-3.4 8.6-8.6 2.6 2.6-8.6 8.6zM11.6 5.8l2.6 2.6" />);
export const TrashIcon = icon(<path d="M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v4.5M11.5 9v4.5" />);
export const EyeIcon = icon(
  <>
    <path d="M2 10s3-5.2 8-5.2 8 5.2 8 5.2-3 5.2-8 5.2S2 10 2 10z" />
    <circle cx="10" cy="10" r="2.4" />
  </>,
);
export const EyeOffIcon = icon(
  <path d="M3.5 3.5l13 13M8 5.1A8.3 8.3 0 0 1 10 4.8c5 0 8 5.2 8 5.2a14 14 0 0 1-2.6 3.2M5.2 6.3A13.6 13.6 0 0 0 2 10s3 5.2 8 5.2a8 8 0 0 0 3.5-.8M8.3 8.3a2.4 2.4 0 0 0 3.4 3.4" />,
);
export const CheckIcon = icon(<path d="m4 10.5 4 4 8-9" />);
export const ChevronIcon = icon(<path d="m5.5 8 4.5 4.5L14.5 8" />);
export const WarningIcon = icon(<path d="M10 3 2.2 16.5h15.6zM10 8v4M10 14.2v.1" />);
export const InfoIcon = icon(
  <>
    <circle cx="10" cy="10" r="7.2" />
    <path d="M10 9v4.5M10 6.4v.1" />
  </>,
);
export const ErrorIcon = icon(
  <>
    <path d="M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9z" />
    <path d="M10 6.2v4.6M10 13.6v.1" />
  </>,
);
export const OfflineIcon = icon(
  <path d="M7.5 3v3.5M12.5 3v3.5M5.5 6.5h9v2.8a4.5 4.5 0 0 1-1.4 3.2M10 14v3.5M5.5 8v1.3a4.5 4.5 0 0 0 4.7 4.6M3 3l14 14" />,
);
export const ReconnectIcon = icon(
  <path d="M16.2 8.5A6.5 6.5 0 0 0 4.6 6.4M3.8 11.5a6.5 6.5 0 0 0 11.6 2.1M4.3 3v3.6h3.6M15.7 17v-3.6h-3.6" />,
);
export const ConnectingIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" strokeDasharray="3 3.3" />
    <path d="M10 6v4l2.6 1.8" />
  </>,
);
export const FrozenIcon = icon(
  <>
    <circle cx="10" cy="10" r="7.2" />
    <path d="M8 7v6M12 7v6" />
  </>,
);
export const NoDataIcon = icon(
  <>
    <rect x="2.5" y="4" width="15" height="10" rx="1.5" />
    <path d="M6.5 9h1.5M9.3 9h1.5M12 9h1.5M7 17h6" />
  </>,
);
export const RecordIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.5" />
    <circle cx="10" cy="10" r="3" fill="currentColor" stroke="none" />
  </>,
);
export const ConvertIcon = icon(<path d="M3.5 7.5h11l-3-3M16.5 12.5h-11l3 3" />);
export const PlugIcon = icon(<path d="M7 3v4M13 3v4M5 7h10v2.5a5 5 0 0 1-10 0zM10 14.5V18" />);
export const LockIcon = icon(
  <>
    <rect x="4" y="9" width="12" height="8" rx="1.5" />
    <path d="M6.8 9V6.5a3.2 3.2 0 0 1 6.4 0V9" />
  </>,
);
export const SettingsIcon = icon(
  <>
    <path d="M3 5.5h8M15 5.5h2M3 10h2M9 10h8M3 14.5h6M13 14.5h4" />
    <circle cx="13" cy="5.5" r="2" />
    <circle cx="7" cy="10" r="2" />
    <circle cx="11" cy="14.5" r="2" />
  </>,
);
export const FolderIcon = icon(<path d="M2.5 5.5h5l1.8 2h8.2v8.5h-15z" />);
export const BellIcon = icon(
  <path d="M5.2 13.5V9a4.8 4.8 0 0 1 9.6 0v4.5l1.4 1.5H3.8zM8.4 17.2a1.8 1.8 0 0 0 3.2 0M10 2.6v1.6" />,
);
export const KeyboardIcon = icon(
  <>
    <rect x="2.2" y="5" width="15.6" height="10" rx="1.5" />
    <path d="M5 8h.1M7.5 8h.1M10 8h.1M12.5 8h.1M15 8h.1M5 10.2h.1M7.5 10.2h.1M10 10.2h.1M12.5 10.2h.1M15 10.2h.1M7 12.6h6" />
  </>,
);
export const ResetIcon = icon(<path d="M4.2 8.2a6.3 6.3 0 1 1-.4 3.6M4 4v4.2h4.2" />);
export const EventsIcon = icon(
  <>
    <path d="M3 6.5V4.5A1.5 1.5 0 0 1 4.5 3h2M13.5 3h2A1.5 1.5 0 0 1 17 4.5v2M17 13.5v2a1.5 1.5 0 0 1-1.5 1.5h-2M6.5 17h-2A1.5 1.5 0 0 1 3 15.5v-2" />
    <circle cx="10" cy="8" r="1.9" />
    <path d="M6.6 14a3.5 3.5 0 0 1 6.8 0" />
  </>,
);
export const GridIcon = icon(
  <>
    <rect x="3" y="3" width="6" height="6" rx="1" />
    <rect x="11" y="3" width="6" height="6" rx="1" />
    <rect x="3" y="11" width="6" height="6" rx="1" />
    <rect x="11" y="11" width="6" height="6" rx="1" />
  </>,
);
export const ExportIcon = icon(<path d="M10 3v9M6.5 8.8 10 12.3l3.5-3.5M3.5 13v3.5h13V13" />);
export const GroupIcon = icon(
  <>
    <rect x="3" y="3.5" width="6" height="5.5" rx="1" />
    <rect x="11" y="3.5" width="6" height="5.5" rx="1" />
    <rect x="3" y="11" width="6" height="5.5" rx="1" />
    <rect x="11" y="11" width="6" height="5.5" rx="1" />
  </>,
);
export const CopyIcon = icon(
  <>
    <rect x="7" y="7" width="9.5" height="9.5" rx="1.5" />
    <path d="M13 7V4.5A1 1 0 0 0 12 3.5H4.5a1 1 0 0 0-1 1V12a1 1 0 0 0 1 1H7" />
  </>,
);
export const ScheduleIcon = icon(
  <>
    <circle cx="10" cy="10" r="7.2" />
    <path d="M10 5.6V10l3 2" />
  </>,
);
export const ListIcon = icon(<path d="M7 5.5h10M7 10h10M7 14.5h10M3.2 5.5h.1M3.2 10h.1M3.2 14.5h.1" />);
