import { MissingPhoto } from '@/components/photo/missing-photo.tsx';

export default function NotFound() {
  return <MissingPhoto />;
}
