'use client';

import { type ReactNode, useState } from 'react';
import { useWords } from '@/lib/i18n/use-words.ts';
import { Button } from './button.tsx';

interface CopyButtonProps {
  text: string;
  kind?: 'primary' | 'plain';
  children: ReactNode;
}

/** Copies a text to the clipboard. Without TLS browsers refuse that; the text next to it can then be copied by hand. */
export function CopyButton({ text, kind, children }: CopyButtonProps) {
  const { t } = useWords();
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };
  return (
    <>
      <Button kind={kind} onClick={copy}>
        {children}
      </Button>
      <span role="status">
        {outcome === 'copied' && t('copy.copied')}
        {outcome === 'refused' && t('copy.refused')}
      </span>
    </>
  );
}
