'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { type ApiError, toApiError } from '@/lib/api/errors.ts';
import { saveLooks } from '@/lib/api/looks.ts';
import { count, formatBytes, formatNumber } from '@/lib/format.ts';
import { decodeText, type LooksFile, readLooks } from '@/lib/looks-file.ts';
import { NOTHING_SENT, type Sent, sendLooks } from '@/lib/send-looks.ts';
import styles from './looks.module.css';
import { LooksDrop } from './looks-drop.tsx';
import { LooksHead } from './looks-head.tsx';
import { LooksOutcome } from './looks-outcome.tsx';

const ACCEPTED = '.csv,.tsv,.txt,text/csv';
/** Some 500,000 rows: more than a shop has looks. */
const MOST_BYTES = 20 * 1024 * 1024;

type State =
  | { phase: 'idle' }
  | { phase: 'unusable'; name: string; reason: string }
  | { phase: 'sending' | 'done'; name: string; file: LooksFile; sent: Sent }
  | { phase: 'failed'; name: string; file: LooksFile; sent: Sent; error: ApiError };

/** Imports looks from a file, which the browser reads. */
export function LooksImport() {
  const [state, setState] = useState<State>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const send = async (name: string, file: LooksFile, after: Sent) => {
    const abort = new AbortController();
    running.current = abort;
    let sent = after;
    setState({ phase: 'sending', name, file, sent });
    try {
      for await (sent of sendLooks(file.looks, { save: saveLooks, signal: abort.signal, after })) {
        if (abort.signal.aborted) return;
        setState({ phase: 'sending', name, file, sent });
      }
      setState({ phase: 'done', name, file, sent });
    } catch (cause) {
      if (abort.signal.aborted) return;
      setState({ phase: 'failed', name, file, sent, error: toApiError(cause) });
    }
  };
  const choose = async (chosen: File) => {
    const { name } = chosen;
    const file = await read(chosen);
    if (typeof file === 'string') return setState({ phase: 'unusable', name, reason: file });
    await send(name, file, NOTHING_SENT);
  };
  const stop = () => {
    running.current?.abort();
    if (state.phase === 'sending') setState({ ...state, phase: 'done' });
  };

  const another = (
    <FileButton accept={ACCEPTED} onFile={choose}>
      Choose another file
    </FileButton>
  );
  return (
    <>
      <LooksHead title="Import looks">
        <p>Looks that are right are saved at once, even where others are wrong.</p>
      </LooksHead>
      {state.phase === 'idle' && <LooksDrop accept={ACCEPTED} onFile={choose} />}
      {state.phase === 'unusable' && (
        <Notice kind="failure" title={`${state.name} cannot be used`} actions={another}>
          <p>{state.reason}</p>
        </Notice>
      )}
      {state.phase === 'failed' && (
        <Failure error={state.error} onRetry={() => send(state.name, state.file, state.sent)}>
          {another}
        </Failure>
      )}
      {state.phase === 'sending' && (
        <div className={styles.sending}>
          <p role="status">
            Saving the looks of {state.name}: {formatNumber(state.sent.count)} of{' '}
            {count(state.file.looks.length, 'look')}
          </p>
          <Progress
            share={state.file.looks.length > 0 ? state.sent.count / state.file.looks.length : null}
            label={`Import of ${state.name}`}
          />
          <div>
            <Button onClick={stop}>Stop</Button>
          </div>
        </div>
      )}
      {(state.phase === 'done' || state.phase === 'failed') && (
        <LooksOutcome name={state.name} file={state.file} sent={state.sent}>
          {state.phase === 'done' && another}
        </LooksOutcome>
      )}
    </>
  );
}

async function read(file: File): Promise<LooksFile | string> {
  if (file.size > MOST_BYTES) {
    return `It has ${formatBytes(file.size)}, and at most ${formatBytes(MOST_BYTES)} can be read. Split it into several.`;
  }
  return readLooks(decodeText(new Uint8Array(await file.arrayBuffer())));
}
