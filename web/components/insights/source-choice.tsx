'use client';

import { useState } from 'react';
import form from '@/components/ui/form.module.css';
import type { Source } from '@/lib/api/insights.ts';
import styles from './insights.module.css';

interface SourceChoiceProps {
  /** Those of the period shown. */
  sources: Source[];
  value: string | null;
  onChange(value: string | null): void;
}

/** A choice between all sources and one of them; nothing where there is only one. */
export function SourceChoice({ sources, value, onChange }: SourceChoiceProps) {
  // Once one is chosen, the answer names only that one.
  const [known, setKnown] = useState(sources);
  const added = sources.filter(({ id }) => !known.some((other) => other.id === id));
  if (added.length > 0) setKnown([...known, ...added]);
  if (known.length < 2 && value === null) return null;
  return (
    <label className={styles.source}>
      <span className="visually-hidden">Where from</span>
      <select
        className={form.control}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
      >
        <option value="">All sources</option>
        {known.map((source) => (
          <option key={source.id} value={source.id}>
            {sourceName(source)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function sourceName({ id, name }: { id: string; name?: string | null }): string {
  return name ?? (id === 'pages' ? 'Pages here' : 'A key without a name');
}
