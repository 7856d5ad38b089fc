import type { Insights } from '@/lib/api/insights.ts';
import { formatNumber, formatPercent } from '@/lib/format.ts';
import { Bars } from './bars.tsx';
import styles from './insights.module.css';

/** From what was shown to what was added, each step with its share of the one before. */
export function Funnel({ totals }: { totals: Insights['totals'] }) {
  const { shown, opened, clickedOut, added, outfitsShown, outfitsUsed, widgetsEmpty, widgetsFailed } = totals;
  const steps = [
    { name: 'Shown', count: shown },
    { name: 'Opened', count: opened },
    { name: 'Clicked to the shop', count: clickedOut },
    { name: 'Added to the basket', count: added },
  ];
  return (
    <section className={styles.part} aria-labelledby="funnel">
      <h2 id="funnel">From shown to added</h2>
      <Bars
        empty=""
        bars={steps.map((step, index) => {
          const before = steps[index - 1]?.count ?? 0;
          // What is added elsewhere may be more than what was opened here.
          const share = before >= step.count && before > 0 ? formatPercent(step.count / before) : undefined;
          return { ...step, remark: share };
        })}
      />
      <p className={styles.soft}>
        Each with its share of the step before.
        {outfitsShown > 0 &&
          ` Of ${formatNumber(outfitsShown)} outfits shown, ${formatNumber(outfitsUsed)} were used.`}
        {widgetsEmpty + widgetsFailed > 0 &&
          ` Widgets had nothing to show ${formatNumber(widgetsEmpty)} times, and no answer ${formatNumber(widgetsFailed)} times.`}
      </p>
    </section>
  );
}
