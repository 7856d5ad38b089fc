'use client';

import { useState } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Confirm } from '@/components/ui/confirm.tsx';
import table from '@/components/ui/table.module.css';
import { type AccessKey, revokeKey } from '@/lib/api/keys.ts';
import { formatTime } from '@/lib/format.ts';
import { currentKey } from '@/lib/session.ts';
import { HoldOutChoice } from './hold-out-choice.tsx';
import styles from './keys.module.css';
import { ROLES } from './roles.ts';

export function KeyList({ keys, onChange }: { keys: AccessKey[]; onChange(): void }) {
  const [leaving, setLeaving] = useState<AccessKey | null>(null);
  return (
    <section className={styles.list} aria-labelledby="keys">
      <h2 id="keys">The shop’s keys</h2>
      <table className={`${table.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Role</th>
            <th scope="col">Made</th>
            <th scope="col">Last used</th>
            <th scope="col">
              <span className="visually-hidden">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td>
                <div className={styles.name}>
                  <span className={styles.label}>{key.label || 'Without a name'}</span>
                  <code>{key.hint}</code>
                  {isOwn(key) && <Badge tone="good">Yours</Badge>}
                  {key.domains.length > 0 && <span className={styles.domains}>{key.domains.join(', ')}</span>}
                  {key.role === 'WIDGET' && !key.revokedAt && (
                    <HoldOutChoice accessKey={key} onChange={onChange} />
                  )}
                </div>
              </td>
              <td data-name="Role">{ROLES[key.role].name}</td>
              <td data-name="Made">{formatTime(key.createdAt)}</td>
              <td data-name="Last used">{key.lastUsedAt ? formatTime(key.lastUsedAt) : 'Never'}</td>
              <td>
                {key.revokedAt ? (
                  <Badge tone="soft">Revoked</Badge>
                ) : (
                  <Button
                    kind="quiet"
                    aria-label={`Revoke ${key.label || key.hint}`}
                    onClick={() => setLeaving(key)}
                  >
                    Revoke
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {leaving && (
        <Confirm
          title={`Revoke the key for ${leaving.label || leaving.hint}?`}
          action="Revoke the key"
          danger
          onConfirm={async () => {
            await revokeKey(leaving.id);
            onChange();
          }}
          onClose={() => setLeaving(null)}
        >
          <p>
            Whoever uses it is refused from that moment on, and it cannot be taken back.
            {isOwn(leaving) && ' It is the key that you are signed in with: you will be signed out.'}
          </p>
        </Confirm>
      )}
    </section>
  );
}

/** Whether this session uses the key: the hint is how the key begins. */
function isOwn({ hint }: AccessKey): boolean {
  return currentKey()?.startsWith(hint.replace('…', '')) ?? false;
}
