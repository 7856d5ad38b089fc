'use client';

import { useEffect, useEffectEvent } from 'react';

/**
 * Asks before a form's changes are lost: as the page is closed, and as a link of it is followed. Links within
 * `data-discards` say themselves that they lose them.
 */
export function useUnsaved(isUnsaved: () => boolean): void {
  const onClose = useEffectEvent((event: BeforeUnloadEvent) => {
    if (isUnsaved()) event.preventDefault();
  });
  const onClick = useEffectEvent((event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
    if (!link || link.target === '_blank' || link.closest('[data-discards]')) return;
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!isUnsaved() || window.confirm('Leave without saving? Your changes will be lost.')) return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    window.addEventListener('beforeunload', onClose);
    // Before the router's own listener, which sits on the document.
    window.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onClose);
      window.removeEventListener('click', onClick, true);
    };
  }, []);
}
