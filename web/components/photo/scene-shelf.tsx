'use client';

import type { en } from '@/lib/i18n/messages/en.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { sceneSource } from '@/lib/scene-source.ts';
import scenes from '@/public/scenes/scenes.json';
import styles from './scene-shelf.module.css';
import { useUpload } from './upload-provider.tsx';

/** The scenes as the words have them. */
const nameOf = (file: string) => file.replace('.webp', '') as keyof typeof en.scenes;

/** Drawn street scenes that can be searched like any photo. */
export function SceneShelf() {
  const { start } = useUpload();
  const { t } = useWords();
  return (
    <section className={styles.shelf} aria-labelledby="scenes">
      <h2 id="scenes">{t('start.scenes')}</h2>
      <p>{t('start.scenesText')}</p>
      <ul className={styles.scenes}>
        {scenes.map(({ file, width, height }) => (
          <li key={file}>
            <button type="button" className={styles.scene} onClick={() => start({ scene: file })}>
              <img
                {...sceneSource(file)}
                sizes="(max-width: 40rem) 46vw, 12rem"
                alt={t(`scenes.${nameOf(file)}.alt`)}
                width={width}
                height={height}
                loading="lazy"
              />
              <span className={styles.name}>{t(`scenes.${nameOf(file)}.title`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
