'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';

/** Hands the photo's link to the device's own share sheet, or else copies it. */
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
      // Some browsers have the sheet and refuse to open it: the link is copied then.
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return 'The link is copied. Whoever has it can look at the photo, but not change or delete it.';
  } catch {
    return "The browser does not let the page copy it: copy this page's address.";
  }
}
