import './notice.css';

/** Something is under way; the text says what. */
export function Busy({ text, size = 18 }: { readonly text: string; readonly size?: number }) {
  return (
    <span className="busy" role="status">
      <svg
        className="busy-ring"
        aria-hidden="true"
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
      >
        <circle cx="10" cy="10" r="7.5" stroke="currentColor" strokeOpacity="0.3" strokeWidth="2.2" />
        <path
          d="M10 2.5a7.5 7.5 0 0 1 7.5 7.5"
          stroke="currentColor"
          strokeWidth="2.2"
          strokeLinecap="round"
        />
      </svg>
      {text}
    </span>
  );
}
