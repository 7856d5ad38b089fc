import { SearchStart } from '@/components/photo/search-start.tsx';

export default function Page() {
  return <SearchStart />;
}
