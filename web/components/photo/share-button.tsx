'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';

/** Opens the device's share sheet with the photo's link, or else copies the link. */
export function ShareButton({ path, onOutcome }: { path: string; onOutcome(words: string): void }) {
  const [busy, setBusy] = useState(false);
  const share = async () => {
    setBusy(true);
    onOutcome(await shareLink(new URL(path, window.location.origin).href));
    setBusy(false);
  };
  return (
    <Button onClick={share} disabled={busy}>
      Share
    </Button>
  );
}

async function shareLink(url: string): Promise<string> {
  if (navigator.share) {
    try {
      await navigator.share({ url });
      return '';
    } catch (error) {
      if ((error as DOMException).name === 'AbortError') return '';
      // Some browsers have the sheet but refuse to open it; then the link is copied.
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return 'The link is copied. Whoever has it can look at the photo, but not change or delete it.';
  } catch {
    return "The browser does not let the page copy it: copy this page's address.";
  }
}
