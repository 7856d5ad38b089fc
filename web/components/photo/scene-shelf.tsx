'use client';

import { fetchPicture } from '@/lib/api/client.ts';
import { toApiError } from '@/lib/api/errors.ts';
import scenes from '@/public/scenes/scenes.json';
import styles from './scene-shelf.module.css';
import { useUpload } from './upload-provider.tsx';

/** Drawn street scenes that can be searched like any photo. */
export function SceneShelf() {
  const { start, fail } = useUpload();
  const open = (file: string) =>
    fetchPicture(`/scenes/${file}`, file).then(start, (cause: unknown) => fail(toApiError(cause)));
  return (
    <section className={styles.shelf} aria-labelledby="scenes">
      <h2 id="scenes">No photo at hand? Try a drawn one</h2>
      <p>These street scenes are drawings. They go through the same search as a photo.</p>
      <ul className={styles.scenes}>
        {scenes.map(({ file, title, alt, width, height }) => (
          <li key={file}>
            <button type="button" className={styles.scene} onClick={() => open(file)}>
              <img src={`/scenes/${file}`} alt={alt} width={width} height={height} loading="lazy" />
              <span className={styles.name}>{title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
