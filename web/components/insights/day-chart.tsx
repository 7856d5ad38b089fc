'use client';

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Day } from '@/lib/api/insights.ts';
import { formatNumber } from '@/lib/format.ts';
import { shortDay } from '@/lib/insights-period.ts';
import { AXIS, GRID, HEIGHT, TOOLTIP } from './chart-style.ts';
import styles from './insights.module.css';
import { SERIES, type SeriesName } from './series.ts';

/** Lines by day. Its numbers are in the table behind it. */
export function DayChart({ days, lines }: { days: Day[]; lines: SeriesName[] }) {
  const data = days.map(({ day, counts }) => ({ day, ...counts }));
  return (
    <>
      <ul className={styles.legend}>
        {lines.map((line) => (
          <li key={line}>
            <svg viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
              <line
                x1="0"
                y1="4"
                x2="24"
                y2="4"
                stroke={SERIES[line].colour}
                strokeWidth="2.5"
                strokeDasharray={SERIES[line].dashes}
              />
            </svg>
            {SERIES[line].name}
          </li>
        ))}
      </ul>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <LineChart data={data} margin={{ top: 8, right: 28, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="day" tickFormatter={shortDay} minTickGap={48} {...AXIS} />
          <YAxis allowDecimals={false} width={48} tickFormatter={(value) => formatNumber(value)} {...AXIS} />
          <Tooltip
            {...TOOLTIP}
            labelFormatter={(day) => shortDay(String(day))}
            formatter={(value) => formatNumber(Number(value))}
          />
          {lines.map((line) => (
            <Line
              key={line}
              dataKey={line}
              name={SERIES[line].name}
              type="linear"
              stroke={SERIES[line].colour}
              strokeWidth={2}
              strokeDasharray={SERIES[line].dashes}
              dot={days.length === 1}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </>
  );
}
