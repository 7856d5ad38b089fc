'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Insights } from '@/lib/api/insights.ts';
import { formatNumber, formatShare } from '@/lib/format.ts';
import { AXIS, GRID, HEIGHT, TOOLTIP } from './chart-style.ts';

/** Searches by the score of their best match. Its numbers are in the table behind it. */
export function ConfidenceChart({ ranges }: { ranges: Insights['confidence'] }) {
  const data = ranges.map(({ from, to, count }) => ({
    start: formatShare(from),
    range: `${formatShare(from)} to ${formatShare(to)}`,
    count,
  }));
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <BarChart data={data} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis dataKey="start" interval="preserveStartEnd" {...AXIS} />
        <YAxis allowDecimals={false} width={48} tickFormatter={(value) => formatNumber(value)} {...AXIS} />
        <Tooltip
          {...TOOLTIP}
          cursor={{ fill: 'var(--surface)' }}
          labelFormatter={(_, [shown]) => String(shown?.payload.range ?? '')}
          formatter={(value) => formatNumber(Number(value))}
        />
        <Bar
          dataKey="count"
          name="Searches"
          fill="var(--chart-1)"
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
