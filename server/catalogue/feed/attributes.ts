import { LIMITS } from '../limits.ts';
import { cleanText } from './clean.ts';

/**
 * Google Merchant columns that tell shoppers nothing about an item's looks: ids, links, shipping, advertising.
 * `material`, `pattern` and the five `custom_label`s become attributes, since we have no columns for them.
 */
const KNOWN = new Set(
  (
    'id title structured_title short_title description structured_description link canonical_link mobile_link ' +
    'image_link additional_image_link lifestyle_image_link video_link virtual_model_link 3d_model_link ads_redirect ' +
    'link_template mobile_link_template price sale_price sale_price_effective_date auto_pricing_min_price ' +
    'maximum_retail_price cost_of_goods_sold installment subscription_cost loyalty_points loyalty_program ' +
    'unit_pricing_measure unit_pricing_base_measure availability availability_date expiration_date disclosure_date ' +
    'brand gtin mpn identifier_exists condition adult multipack is_bundle certification energy_efficiency_class ' +
    'min_energy_efficiency_class max_energy_efficiency_class color size size_type size_system gender age_group ' +
    'item_group_id look_id google_product_category product_type product_detail product_highlight product_length ' +
    'product_width product_height product_weight shipping shipping_label shipping_weight shipping_length ' +
    'shipping_width shipping_height ships_from_country min_handling_time max_handling_time transit_time_label ' +
    'handling_cutoff_time minimum_order_value free_shipping_threshold tax tax_category return_policy_label ' +
    'promotion_id excluded_destination included_destination shopping_ads_excluded_country pause ' +
    'external_seller_id display_ads_id display_ads_link display_ads_title display_ads_value display_ads_similar_ids'
  ).split(' '),
);

/** Whether the column is Google's, of what is neither read nor kept as an attribute. */
export const isGoogleColumn = (name: string) => KNOWN.has(name);

/**
 * The shop's own columns of a row, or undefined if there are none. Columns that are empty, too long to be a filter
 * value, not a plain value, or past the limit are ignored, so that a feed with columns for other readers is still
 * accepted.
 */
export function readAttributes(
  fields: Readonly<Record<string, unknown>>,
): Record<string, string> | undefined {
  const found: Record<string, string> = Object.create(null);
  let count = 0;
  for (const [name, field] of Object.entries(fields)) {
    if (KNOWN.has(name) || name === '' || name.length > LIMITS.attributeNameLength) continue;
    const value = Array.isArray(field) ? joined(field) : cleanText(field);
    if (typeof value !== 'string' || value.length > LIMITS.attributeLength) continue;
    if (count === LIMITS.attributes) break;
    found[name] = value;
    count += 1;
  }
  return count > 0 ? found : undefined;
}

/** The values of a column that a feed repeats. */
function joined(values: readonly unknown[]): string | undefined {
  const texts = values.map(cleanText).filter((value) => typeof value === 'string');
  return texts.length > 0 ? texts.join(', ') : undefined;
}
