/** A padlock, open or closed. */
export function Padlock({ closed }: { closed: boolean }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor">
      <path
        d={closed ? 'M5 7V5a3 3 0 0 1 6 0v2' : 'M5 7V4.5a3 3 0 0 1 5.9-.8'}
        strokeWidth="1.6"
        strokeLinecap="round"
      />
      <rect
        x="3"
        y="7"
        width="10"
        height="7"
        rx="1.6"
        strokeWidth="1.6"
        fill={closed ? 'currentColor' : 'none'}
      />
    </svg>
  );
}
