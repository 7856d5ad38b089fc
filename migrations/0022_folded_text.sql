-- Words and values are compared without case and accents: "PLISSE" finds "plissé". The extension unaccent is not used: its
-- rules differ between versions, and a managed database may lack it. foldText in server/vocabulary/fold.ts does the same
-- to what is searched for.
create function fold_text(value text) returns text
language plpgsql immutable parallel safe strict as $$
declare
  bare text;
begin
  if octet_length(value) = length(value) then
    return lower(value collate "C");
  end if;
  bare := lower(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g') collate "C");
  if octet_length(bare) = length(bare) then
    return bare;
  end if;
  return replace(replace(replace(replace(replace(
    translate(bare,
      'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІҐЂЈЉЊЋЏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςØøŁłĐđÐðıŦŧĦħÆŒÞ',
      'абвгдежзиклмнопрстуфхцчшщъыьэюяєіґђјљњћџαβγδεζηθικλμνξοπρστυφχψωσoolldddditthhæœþ'),
    'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
end
$$;

create or replace function search_terms(shop_id uuid, title text, attributes jsonb) returns tsvector
language sql immutable parallel safe
return to_tsvector('simple', fold_text(title)) || array_to_tsvector(array(
  select ' shop=' || shop_id::text
  union all select fold_text(' ' || a.key || '=' || a.value) from jsonb_each_text(attributes) as a (key, value)));

alter table items
  -- Keys of the colours that the feed names: of "Red/Black" both. Those beyond Armoire's 13 are the feed's own words.
  -- server/catalogue/items/colour-keys.ts makes them; null for items that were imported before.
  add column feed_colours text[],
  drop column terms,
  drop column color_key,
  drop column brand_key,
  drop column size_key,
  drop column gender_key,
  drop column age_group_key;
-- Filters compare 200 characters, and an entry of an index can have no more than 2,700 bytes.
alter table items
  add column terms tsvector generated always as (search_terms(shop_id, title, attributes)) stored,
  add column color_key text generated always as (coalesce(feed_colours[1], left(fold_text(color), 200), garment_colour)) stored,
  -- In columns of their own: row-level security keeps an index over an array from being used.
  add column color_key_2 text generated always as (feed_colours[2]) stored,
  add column color_key_3 text generated always as (feed_colours[3]) stored,
  add column brand_key text generated always as (left(fold_text(brand), 200)) stored,
  add column size_key text generated always as (left(fold_text(size), 200)) stored,
  add column gender_key text generated always as (left(fold_text(gender), 200)) stored,
  add column age_group_key text generated always as (left(fold_text(age_group), 200)) stored;

create index items_by_terms on items using gin (terms);
create index items_by_category on items (shop_id, category, color_key);
create index items_by_color on items (shop_id, color_key);
create index items_by_color_2 on items (shop_id, color_key_2) where color_key_2 is not null;
create index items_by_color_3 on items (shop_id, color_key_3) where color_key_3 is not null;
create index items_by_brand on items (shop_id, brand_key);
create index items_by_size on items (shop_id, size_key);
create index items_by_gender on items (shop_id, gender_key);
create index items_by_age_group on items (shop_id, age_group_key);
