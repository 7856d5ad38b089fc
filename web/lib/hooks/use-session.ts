'use client';

import { useSyncExternalStore } from 'react';
import {
  onSessionChange,
  type Session,
  type SessionState,
  sessionState,
  unknownSession,
} from '../session.ts';

export function useSession(): SessionState {
  return useSyncExternalStore(onSessionChange, sessionState, unknownSession);
}

/**
 * What follows from the session for visitors of whom nothing is known yet holds for those who are signed out, who are most:
 * they change from one to the other a moment after a page has come, which must not render all of it again.
 */
function useWhileIn(holds: (session: Session) => boolean): boolean {
  return useSyncExternalStore(
    onSessionChange,
    () => {
      const now = sessionState();
      return now.phase === 'in' && holds(now.session);
    },
    () => false,
  );
}

export function useIsSignedIn(): boolean {
  return useWhileIn(() => true);
}

/** Whether the visitor may change the catalogue. */
export function useIsMerchandiser(): boolean {
  return useWhileIn(({ role }) => role === 'MERCHANDISER' || role === 'ADMIN');
}

export function useIsAdmin(): boolean {
  return useWhileIn(({ role }) => role === 'ADMIN');
}
