import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import styles from './insights.module.css';

// The chart library is large, so it comes after the page's numbers, and with no other page.
export const DayChart = dynamic(async () => (await import('./day-chart.tsx')).DayChart, {
  ssr: false,
  loading: () => <Skeleton className={styles.chartPlace} />,
});

export const ConfidenceChart = dynamic(async () => (await import('./confidence-chart.tsx')).ConfidenceChart, {
  ssr: false,
  loading: () => <Skeleton className={styles.chartPlace} />,
});
