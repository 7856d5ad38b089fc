'use client';

import { useState } from 'react';
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
  const change = async (share: number) => {
    setError(null);
    try {
      await setHoldOut(key.id, share);
      onChange();
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
  };
  const shares = SHARES.includes(key.holdOut) ? SHARES : [...SHARES, key.holdOut].sort((a, b) => a - b);
  return (
    <span className={styles.holdOut}>
      <label>
        Visits without recommendations, to compare{' '}
        <select value={key.holdOut} onChange={(event) => change(Number(event.target.value))}>
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
