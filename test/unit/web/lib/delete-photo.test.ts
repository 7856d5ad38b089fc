import { afterEach, expect, it, vi } from 'vitest';
import { deletePhoto } from '../../../../web/lib/api/photos.ts';

vi.mock('../../../../web/lib/session.ts', () => ({ currentKey: () => 'a-key', endSession: () => undefined }));
vi.mock('../../../../web/lib/own-photos.ts', () => ({
  ownerToken: (id: string) => id === 'own' && 'a-token',
}));

afterEach(() => vi.unstubAllGlobals());

it('deletes a photo that was uploaded before somebody signed in to another shop', async () => {
  const asked: (string | undefined)[] = [];
  vi.stubGlobal('fetch', async (_: string, { headers }: { headers: Record<string, string> }) => {
    asked.push(headers.authorization);
    return Response.json({ data: { deletePhoto: headers.authorization === undefined } });
  });
  await deletePhoto('own');
  await deletePhoto('of somebody else');
  expect(asked).toEqual(['Bearer a-key', undefined, 'Bearer a-key']);
});
