import { Figure, Figures } from '@/components/ui/figures.tsx';
import type { Insights } from '@/lib/api/insights.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { formatNumber, formatShare } from '@/lib/format.ts';
import { shortDay } from '@/lib/insights-period.ts';
import { Bars } from './bars.tsx';
import { ConfidenceChart, DayChart } from './chart.tsx';
import { Funnel } from './funnel.tsx';
import { HoldOut } from './hold-out.tsx';
import styles from './insights.module.css';
import { MissedSearches } from './missed-searches.tsx';
import { NeverFound } from './never-found.tsx';
import { NothingYet } from './nothing-yet.tsx';
import { Part } from './part.tsx';
import { Sources } from './sources.tsx';
import { TopItems } from './top-items.tsx';

export function InsightsReport({ insights }: { insights: Insights }) {
  const { totals, days, garments, confidence, holdOut, sources } = insights;
  const counted = Object.values(totals).some((count) => Number(count) > 0);
  if (!counted) return <NothingYet />;
  const missed = totals.zeroResults + totals.lowConfidence;
  return (
    <>
      <Figures>
        <Figure name="photos">{formatNumber(totals.photos)}</Figure>
        <Figure name="searches with a garment">{formatNumber(totals.searches)}</Figure>
        <Figure name="found nothing close">
          {totals.searches > 0 ? formatShare(missed / totals.searches) : '–'}
        </Figure>
        <Figure name="clicks to the shop">{formatNumber(totals.clickedOut)}</Figure>
      </Figures>
      <Part
        title="Photos and searches"
        columns={['Day', 'Photos', 'Searches']}
        rows={days.map(({ day, counts }) => [shortDay(day), counts.photos, counts.searches])}
      >
        <DayChart days={days} lines={['photos', 'searches']} />
      </Part>
      <Part
        title="Searches that found nothing close"
        columns={['Day', 'No match', 'Weak matches']}
        rows={days.map(({ day, counts }) => [shortDay(day), counts.zeroResults, counts.lowConfidence])}
      >
        <DayChart days={days} lines={['zeroResults', 'lowConfidence']} />
      </Part>
      <MissedSearches missed={insights.missedSearches} />
      <div className={styles.halves}>
        <Part
          title="Garments in photos"
          columns={['Category', 'Garments']}
          rows={garments.map(({ category, count }) => [CATEGORY_NAMES[category], count])}
        >
          <Bars
            bars={garments.map(({ category, count }) => ({ name: CATEGORY_NAMES[category], count }))}
            empty="No garment was found in a photo."
          />
        </Part>
        <Part
          title="Score of the best match"
          columns={['Score', 'Searches']}
          rows={confidence.map(({ from, to, count }) => [
            `${formatShare(from)} to ${formatShare(to)}`,
            count,
          ])}
        >
          <ConfidenceChart ranges={confidence} />
        </Part>
      </div>
      <Part
        title="Clicks"
        columns={['Day', 'Opened', 'To the shop', 'Added']}
        rows={days.map(({ day, counts }) => [shortDay(day), counts.opened, counts.clickedOut, counts.added])}
      >
        <DayChart days={days} lines={['opened', 'clickedOut', 'added']} />
      </Part>
      <Funnel totals={totals} />
      <Sources sources={sources} />
      {holdOut.map((result) => (
        <HoldOut key={result.id} result={result} />
      ))}
      <TopItems items={insights.topItems} />
      <NeverFound neverFound={insights.neverFound} />
      <section className={styles.part} aria-labelledby="files">
        <h2 id="files">For a spreadsheet</h2>
        <p className={styles.soft}>
          All counts by day, source and kind, or by item.
          {totals.unknownItems > 0 &&
            ` ${formatNumber(totals.unknownItems)} events were dropped, because the shop has no item with their id.`}
        </p>
        <p className={styles.files}>
          <a href={insights.files.counts} className={styles.file} download>
            Counts (CSV)
          </a>
          <a href={insights.files.items} className={styles.file} download>
            Items (CSV)
          </a>
        </p>
      </section>
    </>
  );
}
