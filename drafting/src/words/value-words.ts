/*
 * Values that mean the same in English, French, Portuguese and Spanish, as option sets and reference
 * data name them. Written without accents and capitals. A data table.
 */
import { plain } from './plain.js';

const GROUPS = [
  'male; m; man; boy; homme; masculin; h; masculino; hombre; homem; varon',
  'female; f; woman; girl; femme; feminin; feminino; femenino; mujer; mulher',
  'unknown; not known; inconnu; inconnue; inc; ne sait pas; nsp; desconhecido; ignorado; desconocido; age inconnu; sexe inconnu; unknown age; unknown sex; age unknown; sex unknown',
  'yes; oui; sim; si; y; o; true; 1',
  'no; non; nao; n; false; 0',
  'positive; positif; positivo; pos',
  'negative; negatif; negativo; neg',
  'inconclusive; indeterminate; indetermine; non concluant; inconclusivo; indeterminado; equivocal; ind',
  'recovered; cured; healed; gueri; guerison; recuperado; curado',
  'deceased; death; died; dead; decede; deces; mort; morto; obito; falecido; muerto; fallecido',
  'alive; vivant; vivo; viva; en vie',
  'confirmed; lab confirmed; laboratory confirmed; confirmed by laboratory; confirme; confirme par laboratoire; confirme au laboratoire; confirmado; confirmado por laboratorio; conf',
  'probable; provavel',
  'suspect; suspected; suspecte; suspeito; sospechoso; susp',
  'not a case discarded; discarded; not a case; non cas; non cas ecarte; ecarte; descartado; rejected; exclu',
  'lost to follow up; lost; perdu de vue; perdido de vista; perda de seguimento',
  'health care worker; health worker; hcw; agent de sante; personnel de sante; soignant; trabajador de salud; profissional de saude',
  'blood; whole blood; sang; sang total; sangue; sangre',
  'throat swab; oropharyngeal swab; oropharengeal swab; ecouvillon de gorge; prelevement de gorge; hisopo faringeo; zaragatoa orofaringea',
  'nasopharyngeal swab; ecouvillon nasopharynge; hisopo nasofaringeo; zaragatoa nasofaringea',
  'saliva; salive',
  'urine; urina; orina',
  'serum; soro; suero',
  'other; autre; autres; outro; outra; otro; otra; other specify in notes field; other please specify in comment field',
  'not pregnant; non enceinte; pas enceinte; nao gravida; no embarazada',
];

const GROUP_OF = new Map(
  GROUPS.flatMap((group, n) => group.split(';').map(word => [word.trim(), n] as const)),
);
const UNKNOWN = GROUP_OF.get('unknown');
const YES = GROUP_OF.get('yes');
const NO = GROUP_OF.get('no');

/** The group of values that a text belongs to, as a number. */
export const groupOf = (text: string): number | undefined => GROUP_OF.get(plain(text));

/** Whether a text says that something is not known. */
export const meansUnknown = (text: string): boolean => groupOf(text) === UNKNOWN;
export const meansYes = (text: string): boolean => groupOf(text) === YES;
export const meansNo = (text: string): boolean => groupOf(text) === NO;

/** Items that a plain yes or no means in a category: pregnant, without a trimester. */
export const YES_NO_ITEMS: Readonly<Record<string, { yes: string; no: string }>> = {
  PREGNANCY_STATUS: { yes: 'YES_TRIMESTER_UNKNOWN', no: 'NOT_PREGNANT' },
};
