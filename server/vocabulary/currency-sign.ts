/** Of ISO 4217, but no money: metals, units of account, for tests, none. */
const NO_MONEY = new Set('XAG XAU XBA XBB XBC XBD XDR XEU XFO XFU XPD XPT XRE XSU XTS XUA XXX'.split(' '));
/** Newer than the tables of Node 20. */
const NEWER = ['XCG', 'ZWG'];
const CODES = new Set(
  [...Intl.supportedValuesOf('currency'), ...NEWER].filter((code) => !NO_MONEY.has(code)),
);

/** Whether this is the code of a currency, in upper case. */
export function isCurrency(code: string): boolean {
  return CODES.has(code);
}

/** Signs and abbreviations that one currency alone has, in lower case and without full stops at their end. */
const OWN: Readonly<Record<string, string>> = {
  EUR: '€ euro euros',
  USD: 'us$ u$s',
  CAD: 'c$ ca$ can$ cdn$',
  AUD: 'a$ au$',
  NZD: 'nz$',
  HKD: 'hk$',
  SGD: 's$ sg$',
  TWD: 'nt$',
  MXN: 'mx$ mex$',
  BRL: 'r$',
  ARS: 'ar$',
  CLP: 'cl$',
  COP: 'co$ col$',
  PEN: 's/',
  CRC: '₡',
  PYG: '₲',
  CHF: 'sfr',
  SEK: 'skr',
  NOK: 'nkr',
  DKK: 'dkr',
  PLN: 'zł zl',
  CZK: 'kč kc',
  HUF: 'ft',
  BGN: 'лв',
  RSD: 'дин',
  TRY: '₺ tl',
  RUB: '₽ руб',
  UAH: '₴ грн',
  KZT: '₸',
  AZN: '₼',
  GEL: '₾',
  ILS: '₪',
  INR: '₹',
  BDT: '৳',
  JPY: '円 jp¥',
  CNY: '元 cn¥ rmb',
  KRW: '₩ 원',
  VND: '₫ đ',
  THB: '฿',
  IDR: 'rp',
  MYR: 'rm',
  PHP: '₱',
  ZAR: 'r',
  NGN: '₦',
  GHS: '₵',
  KES: 'ksh',
};
const OWN_SIGNS = new Map(
  Object.entries(OWN).flatMap(([code, signs]) => signs.split(' ').map((sign) => [sign, code])),
);

/** Signs that several currencies share: they are the shop's own currency, if it is one of these. */
const SHARED: Readonly<Record<string, string>> = {
  $:
    'USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU BRL BBD BMD BSD BZD BND DOP FJD GYD JMD KYD LRD NAD NIO SBD SRD ' +
    'TTD XCD',
  '¥': 'JPY CNY',
  kr: 'SEK NOK DKK ISK',
  rs: 'INR PKR LKR NPR MUR SCR',
  '₨': 'INR PKR LKR NPR MUR SCR',
  lei: 'RON MDL',
  fr: 'CHF XOF XAF XPF GNF CDF RWF',
  cfa: 'XOF XAF',
  fcfa: 'XOF XAF',
  dh: 'AED MAD',
  dhs: 'AED MAD',
  br: 'BYN ETB',
};
const SHARED_SIGNS = new Map(Object.entries(SHARED).map(([sign, codes]) => [sign, codes.split(' ')]));
const POUNDS = ['EGP', 'GIP', 'FKP', 'SHP', 'SSP', 'SYP', 'SDG', 'LBP'];

/** What a mark beside an amount says about its currency. */
export type CurrencyMark = { readonly currency: string } | { readonly anyOf: readonly string[] };

/**
 * The currency of a code, a sign, an abbreviation, or a sign with a code ("$ USD"). `anyOf` lists the currencies that
 * share the sign, if none of them is the shop's. Undefined if the mark is none of these, or contradicts itself.
 */
export function readCurrencyMark(mark: string, shopCurrency: string): CurrencyMark | undefined {
  const text = mark.toLowerCase().replace(/\s+/g, '');
  const whole = readOne(text, shopCurrency);
  if (whole) return whole;
  const parts =
    /^(?:(?<before>\p{L}{3})(?<sign>\P{L}+)|(?<first>[^a-z]+|[a-z]{1,3}\$)(?<after>[a-z]{3}))$/u.exec(
      text,
    )?.groups;
  if (!parts) return undefined;
  const code = readOne((parts.before ?? parts.after)!, shopCurrency);
  if (!code || !('currency' in code)) return undefined;
  const sign = readOne((parts.sign ?? parts.first)!, code.currency);
  return sign && 'currency' in sign && sign.currency === code.currency ? code : undefined;
}

function readOne(text: string, shopCurrency: string): CurrencyMark | undefined {
  const mark = text.replace(/[.:]+$/, '');
  if (mark === '£') return { currency: POUNDS.includes(shopCurrency) ? shopCurrency : 'GBP' };
  if (isCurrency(mark.toUpperCase())) return { currency: mark.toUpperCase() };
  const [currency, anyOf] = [OWN_SIGNS.get(mark), SHARED_SIGNS.get(mark)];
  if (currency) return { currency };
  if (!anyOf) return undefined;
  return anyOf.includes(shopCurrency) ? { currency: shopCurrency } : { anyOf };
}
