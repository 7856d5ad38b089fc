import { ApiError } from './api/errors.ts';

/** The server's own limit, checked first to save the visitor a long upload in vain. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Offered in file choosers. Without HEIC in the list, iPhones convert to JPEG by themselves. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp,image/avif';

const HEIC = /\.(heic|heif)$/i;

/** The file in a format that can be sent: HEIC becomes JPEG if the browser can read it. Throws a coded ApiError. */
export async function prepareFile(file: File): Promise<File> {
  if (HEIC.test(file.name) || /^image\/hei[cf]/.test(file.type)) return heicToJpeg(file);
  if (file.size > MOST_BYTES) throw new ApiError('IMAGE_TOO_LARGE', 'The file has more than 20 MB.');
  return file;
}

/** Safari decodes HEIC; other browsers do not, and neither does the server. */
async function heicToJpeg(file: File): Promise<File> {
  const bitmap = await createImageBitmap(file).catch((cause: unknown) => {
    throw new ApiError('IMAGE_FORMAT_UNSUPPORTED', 'HEIC cannot be read here.', null, { cause });
  });
  const scale = Math.min(1, 2400 / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
  if (!blob) throw new ApiError('IMAGE_FORMAT_UNSUPPORTED', 'HEIC cannot be read here.');
  return new File([blob], file.name.replace(HEIC, '.jpg'), { type: 'image/jpeg' });
}

/** The first image of a drop or a paste, else the first file, so that the server can say what is wrong with it. */
export function fileOf(transfer: DataTransfer | null): File | null {
  const files = [...(transfer?.files ?? [])];
  return files.find(({ type }) => type.startsWith('image/')) ?? files[0] ?? null;
}
