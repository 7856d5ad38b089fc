'use client';

import { type SubmitEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import { toApiError } from '@/lib/api/errors.ts';
import { loadViewer } from '@/lib/api/keys.ts';
import { explain } from '@/lib/explain.ts';
import { beginSession } from '@/lib/session.ts';
import styles from './manage.module.css';

/** `refused`: the server no longer accepts the key used so far. */
export function SignIn({ refused }: { refused: boolean }) {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const refusal = await signIn(field.current?.value ?? '');
    if (refusal === null) return;
    setBusy(false);
    setError(refusal);
    field.current?.focus();
  };

  return (
    <div className={styles.door}>
      <h1>Manage the shop</h1>
      <p className={styles.soft}>
        {refused
          ? 'Your key is no longer in force, so you were signed out. Sign in with another one.'
          : 'Import feeds, set rules, and see how well searches do. This takes a merchandiser’s or an admin’s key.'}
      </p>
      <form className={form.form} onSubmit={submit} noValidate>
        <Field
          label="Key"
          error={error}
          hint="Kept in this browser’s tabs alone, until you close them or sign out."
        >
          {(control) => (
            <input
              {...control}
              ref={field}
              type="password"
              name="key"
              autoComplete="current-password"
              autoCapitalize="off"
              spellCheck={false}
              placeholder="arm_…"
              required
              onChange={() => setError(null)}
            />
          )}
        </Field>
        <div className={form.actions}>
          <Button kind="primary" type="submit" disabled={busy}>
            {busy ? 'Signing in…' : 'Sign in'}
          </Button>
        </div>
      </form>
      <section className={styles.aside} aria-labelledby="where">
        <h2 id="where">Where is the key?</h2>
        <p>
          The very first start of the server prints it, once, where you typed <code>npm start</code>: “Admin
          key, shown only this once: <code>arm_…</code>”. Whoever has that key makes further ones here, under
          Keys.
        </p>
        <p>
          Is it lost? On the server’s own machine, the token in <code>.data/server.json</code> lets you in as
          well while the server runs.
        </p>
      </section>
    </div>
  );
}

const WIDGET =
  'This is a widget’s key: it stands in other pages and manages nothing. Use a merchandiser’s or an admin’s.';

/** Null if it succeeded, else the reason why not. A whole line of the server's output is accepted as a key. */
async function signIn(text: string): Promise<string | null> {
  const key = /\b(?:armw?|ctl)_[\w-]+/.exec(text)?.[0] ?? text.trim();
  if (!key) return 'Paste your key first.';
  if (!/^[\w-]{20,100}$/.test(key))
    return 'That is not a whole key: it begins with arm_ and has 47 characters.';
  try {
    const { role, shop } = await loadViewer(key);
    if (role !== 'MERCHANDISER' && role !== 'ADMIN') {
      return WIDGET;
    }
    beginSession({ key, role, shop });
    return null;
  } catch (cause) {
    const error = toApiError(cause);
    if (error.code === 'UNAUTHENTICATED') {
      return `${error.message} It may also belong to another installation.`;
    }
    // A widget's key on a page it is not for.
    if (error.code === 'FORBIDDEN') return `${error.message} ${WIDGET}`;
    const { title, advice } = explain(error);
    return `${title}. ${advice}`;
  }
}
