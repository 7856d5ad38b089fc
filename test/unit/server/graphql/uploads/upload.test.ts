import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFile } from '../../../../../server/graphql/uploads/upload.ts';

it('calls a file cut off that went with its request, since its client hung up', async () => {
  const gone = openFile(join(import.meta.dirname, 'gone'), 'photo.jpg', 1);
  await expect(gone.read()).rejects.toMatchObject({ code: 'UPLOAD_CUT_OFF' });
});
