import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page that is serious or critical. */
export function seriousViolations(page: Page): Promise<string[]> {
  return find(new AxeBuilder({ page }).withTags(TAGS));
}

/** Of these, what depends on the colours: for a page that was looked at in the other scheme. */
export function seriousContrasts(page: Page): Promise<string[]> {
  return find(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']));
}

async function find(builder: AxeBuilder): Promise<string[]> {
  // Otherwise it opens a page of its own for each report, for frames of other origins, of which we have none.
  const { violations } = await builder.setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
