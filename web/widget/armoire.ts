/** The script tag: `<script type="module" src="https://…/widget/armoire.js?key=armw_…">`. The API is where the script is from. */
import { register } from './index.ts';

const { origin, searchParams } = new URL(import.meta.url);
register({ api: origin, key: searchParams.get('key') ?? undefined });
