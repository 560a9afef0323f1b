import { icon } from './icons';

export const GalleryIcon = icon(
  <>
    <rect x="2.5" y="4.5" width="12" height="10" rx="1.5" />
    <path d="M5.5 17h10.500a1.500 1.500 0 0 0 1.500-1.500V8M3 12.500l3.200-3 2.600 2.300 2.200-1.800 3 2.800" />
  </>,
);
export const DownloadIcon = icon(<path d="M10 3v9.5M6.3 9 10 12.700 13.700 9M4 16.500h12" />);
