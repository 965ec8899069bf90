import type { LanguageCode } from '../../language.js';
import { en, type ViewTexts } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { pt } from './pt.js';

/** The texts of the page of `godata-dhis2 view`. */
export const VIEW_TEXTS: Record<LanguageCode, ViewTexts> = { en, fr, pt, es };
