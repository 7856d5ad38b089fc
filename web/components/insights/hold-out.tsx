import { useId } from 'react';
import type { HoldOut as Result } from '@/lib/api/insights.ts';
import { count, formatPercent } from '@/lib/format.ts';
import styles from './insights.module.css';
import { sourceName } from './source-choice.tsx';

/** Visits with recommendations beside those without, and whether the numbers tell them apart. */
export function HoldOut({ result }: { result: Result }) {
  const id = useId();
  const { shown, heldOut, difference, holdOut } = result;
  return (
    <section className={styles.holdOut} aria-labelledby={id}>
      <h2 id={id}>What recommendations bring: {sourceName(result)}</h2>
      {difference ? (
        <p className={styles.verdict}>{verdict(difference)}</p>
      ) : (
        <p className={styles.verdict}>No visits to compare yet.</p>
      )}
      <dl className={styles.arms}>
        <Arm name="With recommendations" arm={shown} />
        <Arm name="Without" arm={heldOut} />
      </dl>
      <p className={styles.soft}>
        Visits in which something was added to the basket.{' '}
        {holdOut > 0 ? `${formatPercent(holdOut)} of visits are held out.` : 'No visits are held out now.'}
        {difference &&
          ` With 95% confidence, the difference is between ${points(difference.low)} and ${points(difference.high)} percentage points.`}
      </p>
    </section>
  );
}

function Arm({ name, arm }: { name: string; arm: Result['shown'] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {arm.added ? formatPercent(arm.added.share) : '–'}
        <small>
          {arm.visitsWithAdded} of {count(arm.visits, 'visit')}
        </small>
      </dd>
    </div>
  );
}

function verdict({ share, low, high }: NonNullable<Result['difference']>): string {
  if (low > 0) return `${points(share)} percentage points more visits end with something in the basket.`;
  if (high < 0) return `${points(-share)} percentage points fewer visits end with something in the basket.`;
  return 'The numbers do not show a difference yet.';
}

function points(share: number): string {
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(100 * share);
}
