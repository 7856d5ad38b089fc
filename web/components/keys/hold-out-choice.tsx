'use client';

import { useRef, useState } from 'react';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { type AccessKey, setHoldOut } from '@/lib/api/keys.ts';
import { explain } from '@/lib/explain.ts';
import { formatPercent } from '@/lib/format.ts';
import styles from './keys.module.css';

const SHARES = [0, 0.05, 0.1, 0.2, 0.5];

/** Which share of a widget's visits see no recommendations, so that Insights can compare. */
export function HoldOutChoice({ accessKey: key, onChange }: { accessKey: AccessKey; onChange(): void }) {
  const [error, setError] = useState<string | null>(null);
  /** Shown until the list of keys has it. */
  const [chosen, setChosen] = useState<number | null>(null);
  const next = useRef<number | null>(null);
  const change = async (share: number) => {
    setChosen(share);
    setError(null);
    const isSending = next.current !== null;
    next.current = share;
    // The arrow keys choose each share on the way: only the last one is sent, after what is under way.
    if (isSending) return;
    try {
      for (let sent: number | null = null; sent !== next.current; ) {
        sent = next.current;
        if (sent !== null) await setHoldOut(key.id, sent);
      }
      onChange();
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
      setChosen(null);
    }
    next.current = null;
  };
  const shares = SHARES.includes(key.holdOut) ? SHARES : [...SHARES, key.holdOut].sort((a, b) => a - b);
  return (
    <span className={styles.holdOut}>
      <label>
        Visits without recommendations, to compare{' '}
        <select value={chosen ?? key.holdOut} onChange={(event) => change(Number(event.target.value))}>
          {shares.map((share) => (
            <option key={share} value={share}>
              {share === 0 ? 'None' : formatPercent(share)}
            </option>
          ))}
        </select>
      </label>
      <FormError>{error}</FormError>
    </span>
  );
}
