/*
 * The words of data elements from which a field of Go.Data is computed, in English, French,
 * Portuguese and Spanish. Written as those in `field-words.ts`. A data table.
 */

/** What a data element says about a stay, a vaccine, an outcome or a visit. */
const WORDS = {
  hospital:
    'hospitalised; hospitalized; hospitalisation; hospitalization; hospital admission; admitted; admitted hospital; admit; hospitalise; hospitalizado; hospitalizacion; hospitalizacao; internado; internamento; internacao',
  hospitalFrom:
    'admission date; date admission; date hospitalisation; date hospitalization; hospitalisation date; hospitalization date; date hospital admission; date admission hospital; date admission hopital; data internamento; data internacao; data admissao; fecha ingreso; fecha hospitalizacion; fecha admision',
  hospitalTo:
    'date discharge; discharge date; date hospital discharge; date sortie; date sortie hopital; data alta; fecha alta; fecha egreso',
  hospitalName:
    'hospital; hospital name; name hospital; nom hopital; hopital; nome hospital; nombre hospital',
  isolation: 'isolation; isolated; isolement; isole; isolamento; isolado; aislamiento; aislado',
  isolationFrom:
    'isolation date; date isolation; date isolement; data isolamento; fecha aislamiento; date start isolation; isolation start date; date debut isolement; data inicio isolamento; fecha inicio aislamiento',
  isolationTo:
    'date end isolation; isolation end date; date fin isolement; data fim isolamento; fecha fin aislamiento',
  intensiveCare:
    'icu; admitted icu; icu admission; intensive care; intensive care unit; reanimation; soin intensif; uti; cuidado intensivo; uci',
  intensiveCareFrom:
    'icu admission date; date admission icu; date icu admission; date admission reanimation; data admissao uti; fecha ingreso uci',
  vaccine:
    'vaccine; vaccine type; type vaccine; vaccine received; vaccine name; vaccin; type vaccin; vaccin recu; vacina; tipo vacina; vacuna; tipo vacuna',
  doses:
    'vaccine dose; number dose; number vaccine dose; dose number; dose; dose received; nombre dose; nombre dose vaccin; nombre dose recue; numero dose',
  vaccinatedOn:
    'vaccination date; date vaccination; date last vaccination; date last dose; date last vaccine dose; date derniere dose; date derniere vaccination; data vacinacao; data ultima dose; fecha vacunacion; fecha ultima dosis',
  died: 'date death; death date; date deces; data obito; data morte; fecha defuncion; fecha muerte',
  recovered:
    'date discharge; discharge date; date recovery; recovery date; date sortie; date guerison; data alta; data recuperacao; fecha alta; fecha recuperacion',
  trimester:
    'trimester; pregnancy trimester; trimester pregnancy; trimestre; trimestre grossesse; trimestre gravidez; trimestre embarazo',
  healthWorker:
    'health care worker; healthcare worker; health worker; hcw; agent sante; personnel sante; personnel soignant; profissional saude; trabalhador saude; trabajador salud; personal salud',
  visited:
    'contact followup; contact follow up; contact followed; followed; contact seen; seen; contact vu; vu; contact suivi; visto; contacto visto; contato visto',
} as const;

/** The names of a subject. */
export type Subject = keyof typeof WORDS;

/** All names of a subject, in plain words. */
export const namesOf = (subject: Subject): string[] =>
  WORDS[subject].split(';').map(one => one.trim());
