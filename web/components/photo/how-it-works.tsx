'use client';

import { useWords } from '@/lib/i18n/use-words.ts';
import { sceneSource } from '@/lib/scene-source.ts';
import example from '@/public/scenes/example.json';
import styles from './how-it-works.module.css';

/** What a search does, at one glance: a photo, its garments outlined, items that look like them. All of it is drawn. */
export function HowItWorks() {
  const { t } = useWords();
  const { scene, width, height, outlines, items } = example;
  return (
    <figure className={styles.how}>
      <div className={styles.photo}>
        <img
          {...sceneSource(scene)}
          sizes="(max-width: 46rem) 42vw, 18rem"
          alt={t('start.person')}
          width={width}
          height={height}
          fetchPriority="high"
        />
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {outlines.map((outline) => (
            <g key={outline}>
              <path className={styles.halo} d={outline} />
              <path className={styles.outline} d={outline} />
            </g>
          ))}
        </svg>
      </div>
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <div className={styles.items}>
        {items.map((file) => (
          <img key={file} src={`/scenes/${file}`} alt="" width={300} height={400} fetchPriority="low" />
        ))}
      </div>
      <figcaption>{t('start.how')}</figcaption>
    </figure>
  );
}
