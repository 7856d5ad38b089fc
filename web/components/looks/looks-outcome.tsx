import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Figure, Figures } from '@/components/ui/figures.tsx';
import table from '@/components/ui/table.module.css';
import { count, formatNumber } from '@/lib/format.ts';
import { type LooksFile, problemsAsCsv, type RowProblem } from '@/lib/looks-file.ts';
import type { Sent } from '@/lib/send-looks.ts';
import styles from './looks.module.css';

/** The table shows the first ones; the download has all. */
const SHOWN = 200;

interface LooksOutcomeProps {
  name: string;
  file: LooksFile;
  sent: Sent;
  children: ReactNode;
}

/** What an import of looks did, and the rows that were left out. */
export function LooksOutcome({ name, file, sent, children }: LooksOutcomeProps) {
  const problems = [...file.problems, ...sent.problems].sort((a, b) => a.row - b.row);
  const rest = file.looks.length - sent.count;
  return (
    <>
      <p role="status">{sentenceOf(sent, rest)}</p>
      <Figures>
        <Figure name="looks saved">{formatNumber(sent.saved)}</Figure>
        <Figure name="looks as before">{formatNumber(sent.unchanged)}</Figure>
        <Figure name="left out" tone={problems.length > 0 ? 'warn' : undefined}>
          {formatNumber(leftOut(problems))}
        </Figure>
      </Figures>
      <div className={styles.barActions}>
        <ButtonLink kind="primary" href="/manage/looks">
          See the looks
        </ButtonLink>
        {children}
      </div>
      {problems.length > 0 && <Problems name={name} problems={problems} />}
    </>
  );
}

function sentenceOf({ saved, unchanged }: Sent, rest: number): string {
  if (rest > 0) return `Stopped: ${count(rest, 'look')} not sent. What was saved stays.`;
  if (saved > 0) return `${count(saved, 'look')} saved.`;
  return unchanged > 0 ? 'Every look that is right was here already.' : 'No look was saved.';
}

/** Looks that were left out; a row without a look counts as one. */
function leftOut(problems: RowProblem[]): number {
  return new Set(problems.map(({ lookId, row }) => lookId ?? row)).size;
}

function Problems({ name, problems }: { name: string; problems: RowProblem[] }) {
  return (
    <section className={styles.problems} aria-labelledby="problems">
      <div className={styles.bar}>
        <h2 id="problems">{count(problems.length, 'row')} to put right</h2>
        <Button onClick={() => download(problems, name)}>Download the list</Button>
      </div>
      <p className={styles.soft}>A look with one of these rows is left out as a whole.</p>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Look</th>
            <th scope="col">Item</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {problems.slice(0, SHOWN).map(({ row, lookId, itemId, reason }) => (
            <tr key={`${row} ${reason}`}>
              <td data-name="Row">{row}</td>
              <td data-name="Look">{lookId}</td>
              <td data-name="Item">{itemId}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {problems.length > SHOWN && (
        <p className={styles.soft}>and {count(problems.length - SHOWN, 'further row')}, in the download</p>
      )}
    </section>
  );
}

function download(problems: RowProblem[], name: string): void {
  const address = URL.createObjectURL(new Blob([problemsAsCsv(problems)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name.replace(/\.\w+$/, '')}-errors.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
