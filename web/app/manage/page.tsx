import { Overview } from '@/components/manage/overview.tsx';

export default function Page() {
  return <Overview />;
}
