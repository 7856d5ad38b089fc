/** What all charts share. */
export const HEIGHT = 220;

export const AXIS = {
  stroke: 'var(--line-strong)',
  tick: { fill: 'var(--ink-soft)', fontSize: 12 },
  tickLine: false,
} as const;

export const GRID = { vertical: false, stroke: 'var(--line)' } as const;

export const TOOLTIP = {
  isAnimationActive: false,
  contentStyle: {
    background: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-small)',
    boxShadow: 'var(--shadow)',
    fontSize: 'var(--step-0)',
  },
  labelStyle: { color: 'var(--ink)', fontWeight: 550 },
  itemStyle: { color: 'var(--ink)', paddingBlock: 1 },
} as const;
