import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabase } from '../../server/db/database.ts';
import { createShop } from '../../server/shops/shops.sql.ts';
import { makeCatalogue, RECIPE } from './retrieval/catalogue.ts';
import { embedDrawings, readEmbeddings } from './retrieval/embeddings.ts';
import { loadCatalogue } from './retrieval/load.ts';

export async function retrieval(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      items: { type: 'string', default: '10000,100000' },
      embeddings: { type: 'string' },
    },
  });
  const embeddings = values.embeddings ? await readEmbeddings(values.embeddings) : await embedDrawings();
  console.log(`${embeddings.train.length} train, ${embeddings.queries.length} queries; ${RECIPE}`);
  const url = process.env.TEST_DATABASE_URL!;
  for (const count of values.items.split(',').map(Number)) {
    const name = `armoire_bench_${count}`;
    const admin = new pg.Client(url);
    await admin.connect();
    await admin.query(`drop database if exists ${name}`);
    await admin.query(`create database ${name}`);
    await admin.end();
    const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).toString();
    const db = await openDatabase({ dataDir: '/nonexistent', databaseUrl, databasePool: 8 });
    const shopId = await db.asOwner((tx) =>
      createShop(tx, { name: 'Bench', currency: 'EUR', isDemo: false }),
    );
    const built = await loadCatalogue(databaseUrl, shopId, makeCatalogue(embeddings.train, count));
    console.log(name, built);
    await db.close();
  }
}
