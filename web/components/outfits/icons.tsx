import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export function Padlock({ closed }: { closed: boolean }) {
  return (
    <Icon>
      <path d={closed ? 'M5 7V5a3 3 0 0 1 6 0v2' : 'M5 7V4.5a3 3 0 0 1 5.9-.8'} />
      <rect x="3" y="7" width="10" height="7" rx="1.6" fill={closed ? 'currentColor' : 'none'} />
    </Icon>
  );
}

export function UndoIcon() {
  return (
    <Icon>
      <path d="M5.5 2.5 2.5 5.5l3 3M2.5 5.5H9a4 4 0 0 1 0 8H6" />
    </Icon>
  );
}

export function ShareIcon() {
  return (
    <Icon>
      <path d="M8 9.5v-7M5 5l3-3 3 3M3 9v4.5h10V9" />
    </Icon>
  );
}
