/**
 * Words of German, French and Spanish, by the English that they stand for; nothing for those that say nothing of a garment.
 * A phrase is written with `_`. `blau+` has the endings of a German adjective, `noir*` of a French one, `rojo~` of a
 * Spanish one.
 */
type Words = Readonly<Record<string, string>>;

export type ForeignLanguage = 'de' | 'fr' | 'es';

interface Vocabulary {
  readonly words: Words;
  /** Those that are English words too: they count beside another word of this language, or on their own. */
  readonly doubtful: string;
  /** What titles of this language say of a garment. It stays as it is, and tells the language of the words beside it. */
  readonly own: string;
  readonly parted: readonly Parted[];
}

/** Two words with others between them. The first are folded. */
export interface Parted {
  readonly first: readonly string[];
  readonly second: string;
  /** What the second one stands for then. */
  readonly english: string;
}

export const FOREIGN: Readonly<Record<ForeignLanguage, Vocabulary>> = {
  de: {
    doubtful: 'rock hose die an am so was will hell hat art mode bin man war bunt',
    own:
      'kurz+ lang+ eng+ weit+ schick+ elegant+ locker+ luftig+ leicht+ warm+ dick+ dünn+ weich+ schmal+ bunt+ sportlich+ ' +
      'festlich+ klassisch+ modern+ bequem+ gemütlich+ gefüttert+ gestrickt+ gehäkelt+ plissiert+ gerafft+ tailliert+ ' +
      'ausgestellt+ asymmetrisch+ schulterfrei+ rückenfrei+ bauchfrei+ durchsichtig+ glänzend+ knielang+ knöchellang+ ' +
      'bodenlang+ wadenlang+ mini midi maxi leder seide wolle baumwolle leinen samt satin spitze jersey cord strick tüll ' +
      'kapuze knöpfe knöpfen taschen kragen gürtel rüschen schleife ausschnitt reißverschluss sommer winter hochzeit ' +
      'büro strand abend party groß+ klein+',
    parted: [
      { first: ['weder'], second: 'noch', english: 'nor' },
      { first: ['lieber', 'eher', 'besser'], second: 'als', english: 'instead of' },
    ],
    words: {
      '':
        'dieses diese dieser diesen dies das der die den dem ein eine einen einem einer aber als im am an wie es ist ich ' +
        'möchte moechte will hätte haette suche gern gerne bitte zeig zeige mir etwas was so ähnlich aehnlich sowas nur ' +
        'lieber auch sehr farbe farbig farben andere anderer anderes anderen anderem stattdessen dafür zum zur passend ' +
        'nach schön schöner alles aus für sondern doch aber',
      and: 'und',
      or: 'oder',
      with: 'mit',
      without: 'ohne',
      not: 'nicht nichts',
      no: 'kein keine keinen keiner keinem keines',
      neither: 'weder',
      except: 'außer ausser ausgenommen bis_auf',
      black: 'schwarz+ dunkelschwarz',
      white: 'weiß+ cremeweiß',
      grey: 'grau+ hellgrau+ dunkelgrau+ silber silbern+ anthrazit anthrazitfarben+',
      beige: 'sandfarben creme cremefarben+ beigefarben+',
      brown: 'braun+ hellbraun+ dunkelbraun+',
      red: 'rot+ hellrot+ dunkelrot+ weinrot+ bordeauxrot+',
      orange: 'orangefarben+ orangene koralle korallenfarben+ apricot aprikose',
      yellow: 'gelb+ hellgelb+ senfgelb+ senf senffarben+ gold golden+',
      green: 'grün+ gruen+ hellgrün+ dunkelgrün+ olivgrün+ mintgrün+ türkisgrün+',
      blue: 'blau+ hellblau+ himmelblau+ türkis+ tuerkis petrol',
      navy: 'dunkelblau+ marineblau+ nachtblau+',
      purple: 'lila violett+ flieder',
      pink: 'rosa rosafarben+ pinkfarben+ altrosa',
      light: 'hell+',
      dark: 'dunkel dunkle dunkles dunklen dunklem',
      darker: 'dunkler dunklere dunkleren dunkleres dunklerer',
      lighter: 'heller hellere helleren helleres',
      shorter: 'kürzere kürzeren kürzeres',
      longer: 'längere längeren längeres',
      wider: 'weitere weiteren weiteres',
      tighter: 'engere engeren engeres',
      plain: 'einfarbig+ unifarben+ uni ungemustert+ schlicht+ ohne_muster ohne_aufdruck ohne_druck',
      striped: 'gestreift+ geringelt+ streifen streifenmuster ringel',
      checked: 'kariert+ karo karos karomuster',
      dotted: 'gepunktet+ getupft+ punkte punkten tupfen',
      floral: 'geblümt+ gebluemt+ geblumt+ blumen blumenmuster blüten',
      printed: 'bedruckt+ aufdruck gemustert+',
      dress: 'kleid',
      skirt: 'rock',
      trousers: 'hose jeanshose',
      jacket: 'jacke',
      coat: 'mantel',
      cardigan: 'strickjacke strickjacken',
      blazer: 'sakko sakkos',
      vest: 'weste westen',
      jumper: 'pulli',
      blouse: 'bluse',
      shirt: 'hemd',
      top: 'oberteil oberteile',
      shorts: 'kurze_hose kurze_hosen kurzen_hosen kurzer_hose',
      'long sleeve': 'lange_ärmel langen_ärmeln langärmelig+ langarm langärmlig+',
      'short sleeve': 'kurze_ärmel kurzen_ärmeln kurzärmelig+ kurzarm kurzärmlig+',
      sleeveless: 'ärmellos+ ohne_ärmel',
      'cheaper than': 'günstiger_als guenstiger_als billiger_als preiswerter_als',
      'more expensive than': 'teurer_als',
      cheaper: 'günstiger günstigere günstigeres guenstiger billiger billigere preiswerter',
      'more expensive': 'teurer teurere teureres',
      under: 'unter weniger_als',
      'up to': 'bis bis_zu bis_maximal',
      'at most': 'höchstens hoechstens maximal nicht_mehr_als',
      over: 'über ueber mehr_als',
      'at least': 'mindestens ab',
      between: 'zwischen',
      from: 'von',
      'instead of': 'statt anstatt anstelle_von',
    },
  },
  fr: {
    doubtful: 'robe court pull haut on me plus a an as des chair rose sale en la gilet short shorts',
    own:
      'courte courts courtes long longs longue longues large larges ample amples étroit* serré* moulant* cintré* évasé* ' +
      'plissé* froncé* élégant* chic léger légers légère légères chaud* épais épaisse doux douce habillé* décontracté* ' +
      'classique classiques moderne modernes brodé* tricoté* doublé* asymétrique asymétriques mi-longue mi-long mini midi ' +
      'maxi soirée cérémonie mariage plage bureau été hiver lin laine soie coton cuir dentelle velours satin tulle maille ' +
      'capuche boutons poches col ceinture volants nœud fermeture grand* petit*',
    parted: [{ first: ['plutot'], second: 'que', english: 'instead of' }],
    words: {
      '':
        'ceci cela ce cet cette ça mais en le la les un une des du de d l s comme dans pour je voudrais veux cherche svp ' +
        'tout toute tous toutes mais s_il_vous_plaît couleur même plutôt au aux à a qui est chose quelque similaire pareil pareille autre autres',
      and: 'et',
      or: 'ou',
      with: 'avec',
      without: 'sans',
      not: 'pas pas_en pas_de rien_en rien_de',
      no: 'aucun aucune',
      neither: 'ni',
      except: 'sauf sauf_en excepté hormis à_part',
      'instead of': 'au_lieu_de plutôt_que plutôt_qu',
      black: 'noir*',
      white: 'blanc blancs blanche blanches',
      grey: 'gris* argenté* anthracite',
      beige: 'beiges écru* crème sable',
      brown: 'marron marrons brun*',
      red: 'rouge rouges rouge_foncé bordeaux',
      orange: 'oranges orangé* corail abricot',
      yellow: 'jaune jaunes doré* moutarde',
      green: 'vert* vert_foncé vert_clair kaki',
      blue: 'bleu* bleu_clair bleu_ciel turquoise',
      navy: 'bleu_marine bleu_foncé bleu_nuit',
      purple: 'violet violets violette violettes mauve lilas',
      pink: 'rose roses',
      light: 'clair*',
      dark: 'foncé* sombre sombres',
      darker: 'plus_foncé plus_foncée plus_sombre',
      lighter: 'plus_clair plus_claire',
      shorter: 'plus_court plus_courte plus_courts plus_courtes',
      longer: 'plus_long plus_longue plus_longs plus_longues',
      wider: 'plus_large plus_ample',
      tighter: 'plus_serré plus_serrée plus_moulant plus_moulante',
      plain: 'uni unie unis unies sans_motif sans_motifs sans_imprimé',
      striped: 'rayé* rayures à_rayures',
      checked: 'carreaux à_carreaux écossais',
      dotted: 'pois à_pois',
      floral: 'fleuri* fleurs à_fleurs',
      printed: 'imprimé* à_motif à_motifs',
      dress: 'robe',
      skirt: 'jupe',
      trousers: 'pantalon jean',
      shorts: 'short shorts bermuda bermudas',
      denim: 'en_jean',
      jacket: 'veste blouson blousons',
      coat: 'manteau',
      cardigan: 'gilet gilets',
      jumper: 'pull',
      blouse: 'chemisier',
      shirt: 'chemise',
      't-shirt': 'tee-shirt tee-shirts',
      top: 'haut hauts',
      vest: 'débardeur débardeurs',
      'long sleeve': 'manches_longues manche_longue',
      'short sleeve': 'manches_courtes manche_courte',
      sleeveless: 'sans_manches sans_manche',
      'cheaper than': 'moins_cher_que moins_chère_que moins_chers_que moins_chères_que',
      'more expensive than': 'plus_cher_que plus_chère_que plus_chers_que plus_chères_que',
      cheaper: 'moins_cher moins_chère moins_chers moins_chères meilleur_marché',
      'more expensive': 'plus_cher plus_chère plus_chers plus_chères',
      under: 'moins_de à_moins_de sous en_dessous_de',
      'up to': 'jusqu_à jusqu',
      'at most': 'au_plus au_maximum pas_plus_de',
      over: 'plus_de au-dessus_de au_dessus_de',
      'at least': 'au_moins à_partir_de dès',
      between: 'entre',
    },
  },
  es: {
    doubtful: 'no a me solo once rosa top como',
    own:
      'corto~ largo~ ancho~ ajustado~ ceñido~ holgado~ suelto~ plisado~ fruncido~ elegante elegantes ligero~ cálido~ ' +
      'grueso~ suave suaves fino~ clásico~ moderno~ bordado~ tejido~ acampanado~ asimétrico~ mini midi maxi fiesta noche ' +
      'boda playa oficina verano invierno lino lana seda algodón cuero piel encaje terciopelo satén tul punto capucha ' +
      'botones bolsillos cuello cinturón volantes lazo cremallera grande grandes pequeño~',
    parted: [{ first: ['mejor', 'antes', 'preferiblemente'], second: 'que', english: 'instead of' }],
    words: {
      '':
        'esto este esta estos estas eso mejor antes preferiblemente pero en el la los las un una unos unas de del como ' +
        'para quiero quisiera busco por_favor color que sea lo otro otra algo similar parecido mismo misma sino todo todos',
      and: 'y e',
      or: 'o u',
      with: 'con',
      without: 'sin',
      no: 'nada_de ningún ninguna',
      neither: 'ni',
      except: 'excepto salvo menos_en todo_menos todos_menos',
      'instead of': 'en_vez_de en_lugar_de antes_que',
      black: 'negro~',
      white: 'blanco~',
      grey: 'gris grises plateado~',
      beige: 'crema arena crudo~',
      brown: 'marrón marrones café castaño~',
      red: 'rojo~ granate burdeos rojo_oscuro',
      orange: 'naranja naranjas anaranjado~',
      yellow: 'amarillo~ dorado~ mostaza',
      green: 'verde verdes verde_oscuro verde_claro caqui',
      blue: 'azul azules azul_claro celeste turquesa',
      navy: 'azul_marino azul_oscuro azul_noche',
      purple: 'morado~ violeta violetas lila',
      pink: 'rosa rosas rosado~ fucsia',
      light: 'claro~',
      dark: 'oscuro~',
      darker: 'más_oscuro más_oscura más_oscuros más_oscuras',
      lighter: 'más_claro más_clara más_claros más_claras',
      shorter: 'más_corto más_corta más_cortos más_cortas',
      longer: 'más_largo más_larga más_largos más_largas',
      wider: 'más_ancho más_ancha',
      tighter: 'más_ajustado más_ajustada más_ceñido más_ceñida',
      plain: 'liso~ sin_estampado sin_estampados sin_dibujo',
      striped: 'rayado~ rayas de_rayas a_rayas',
      checked: 'cuadros de_cuadros a_cuadros',
      dotted: 'lunares de_lunares topos',
      floral: 'floreado~ flores de_flores florales',
      printed: 'estampado~',
      dress: 'vestido',
      skirt: 'falda',
      trousers: 'pantalón vaqueros',
      jacket: 'chaqueta cazadora cazadoras',
      coat: 'abrigo',
      cardigan: 'cárdigan rebeca',
      vest: 'chaleco chalecos',
      jumper: 'jersey',
      blouse: 'blusa',
      shirt: 'camisa',
      't-shirt': 'camiseta',
      shorts: 'pantalón_corto pantalones_cortos',
      'long sleeve': 'manga_larga mangas_largas',
      'short sleeve': 'manga_corta mangas_cortas',
      sleeveless: 'sin_mangas sin_manga',
      'cheaper than': 'más_barato_que más_barata_que más_baratos_que más_baratas_que',
      'more expensive than': 'más_caro_que más_cara_que más_caros_que más_caras_que',
      cheaper: 'más_barato más_barata más_baratos más_baratas más_económico más_económica',
      'more expensive': 'más_caro más_cara más_caros más_caras',
      under: 'menos_de por_menos_de por_debajo_de',
      'up to': 'hasta',
      'at most': 'como_máximo máximo no_más_de',
      over: 'más_de por_encima_de',
      'at least': 'al_menos como_mínimo mínimo desde a_partir_de',
      between: 'entre',
      not: 'que_no_sea que_no_sean',
    },
  },
};

/** The end of a German compound, such as "Sommerkleid", and the English for it. */
export const GERMAN_HEADS: Words = {
  dress: 'kleid kleider',
  skirt: 'rock röcke',
  trousers: 'hose hosen',
  jacket: 'jacke jacken',
  coat: 'mantel mäntel',
  blouse: 'bluse blusen',
  shirt: 'hemd hemden',
  jumper: 'pullover pulli',
};
