'use client';

import { useSyncExternalStore } from 'react';
import { onSessionChange, type SessionState, sessionState, unknownSession } from '../session.ts';

export function useSession(): SessionState {
  return useSyncExternalStore(onSessionChange, sessionState, unknownSession);
}

/** Whether the visitor may change the catalogue. */
export function useIsMerchandiser(): boolean {
  const now = useSession();
  return now.phase === 'in' && (now.session.role === 'MERCHANDISER' || now.session.role === 'ADMIN');
}

export function useIsAdmin(): boolean {
  const now = useSession();
  return now.phase === 'in' && now.session.role === 'ADMIN';
}
