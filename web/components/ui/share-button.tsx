'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import type { Translate } from '@/lib/i18n/words.ts';

interface ShareButtonProps {
  /** Path of the page to share. */
  path: string;
  /** What the link gives to whoever has it, said once it is copied. */
  meaning: string;
  onOutcome(words: string): void;
  /** The word for it if omitted. */
  children?: ReactNode;
}

/** Opens the device's share sheet with a link, or else copies the link. */
export function ShareButton({ path, meaning, onOutcome, children }: ShareButtonProps) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const share = async () => {
    setBusy(true);
    onOutcome(await shareLink(new URL(path, window.location.origin).href, t, meaning));
    setBusy(false);
  };
  return (
    <Button onClick={share} disabled={busy}>
      {children ?? t('action.share')}
    </Button>
  );
}

async function shareLink(url: string, t: Translate, meaning: string): Promise<string> {
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
    return t('share.copied', { meaning });
  } catch {
    return t('share.refused');
  }
}
