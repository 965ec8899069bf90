/*
 * The words of the field: how forms in English, French, Portuguese and Spanish name the fields of
 * Go.Data. Written without accents and capitals; `plain.ts` removes them from names. A data table.
 */

/** Field of Go.Data → its names, separated by semicolons. */
type FieldWords = Readonly<Record<string, string>>;

/** Fields that cases and contacts share. */
const PERSON: FieldWords = {
  firstName:
    'first name; given name; forename; prenom; nome proprio; primeiro nome; nombre; nombre de pila; primer nombre',
  middleName: 'middle name; second name; deuxieme prenom; nome do meio; segundo nombre',
  lastName: 'last name; surname; family name; nom; nom famille; apelido; sobrenome; apellido',
  gender: 'sex; gender; sexe; genre; sexo; genero',
  dob: 'date birth; birth date; birthdate; dob; date naissance; ne le; data nascimento; fecha nacimiento',
  age: 'age; age year; age onset; age an; age annee; idade; idade ano; edad; edad ano',
  occupation:
    'occupation; profession; job; metier; fonction; ocupacao; profissao; ocupacion; profesion',
  'addresses.addressLine1':
    'address; address line; home address; street; village; neighbourhood; quartier; adresse; rue; morada; endereco; bairro; direccion; domicilio; barrio; calle',
  'addresses.city': 'city; town; ville; cidade; ciudad',
  'addresses.postalCode': 'postal code; post code; zip; code postal; codigo postal',
  'addresses.phoneNumber':
    'phone; phone number; telephone; telephone number; mobile; mobile phone; tel; numero telephone; telefone; telemovel; celular; telefono; numero telefono; movil',
  'addresses.emailAddress':
    'email; e mail; email address; courriel; adresse email; correo; correo electronico',
  'documents.NATIONAL_ID_CARD':
    'national id; national id number; id card; identity card; carte identite; carte nationale identite; bilhete identidade; cedula; cedula identidad; dni',
  'documents.PASSPORT':
    'passport; passport number; passeport; numero passeport; passaporte; pasaporte',
  'documents.EXTERNAL_ID':
    'epid number; epid no; epid id; epidemiological number; unique id; system id; numero epidemiologique; numero epid; numero contact; contact number; numero epidemiologico; identificador',
  outcomeId:
    'outcome; outcome status; final outcome; issue; issue finale; evolution; devenir; resultado final; desfecho; evolucao; evolucion; desenlace',
  dateOfOutcome:
    'date outcome; outcome date; date issue; date evolution; data desfecho; data evolucao; fecha desenlace; fecha evolucion',
  pregnancyStatus:
    'pregnancy; pregnant; preg; pregnancy status; grossesse; enceinte; gravidez; gravida; gestante; embarazo; embarazada',
  riskLevel: 'risk level; risk; niveau risque; nivel risco; nivel riesgo',
  riskReason: 'risk reason; reason risk; raison risque; motivo risco; motivo riesgo',
  dateOfBurial:
    'date burial; burial date; date enterrement; date inhumation; data enterro; fecha entierro',
};

const CASE: FieldWords = {
  ...PERSON,
  classification:
    'classification; case classification; final classification; final case classification; classification finale; statut; statut cas; case status; classificacao; classificacao final; clasificacion; clasificacion final',
  dateOfOnset:
    'date onset; onset date; onset; symptom onset; symptom onset date; date symptom onset; date onset symptom; date onset illness; date rash onset; rash onset; date debut symptome; date debut; date debut maladie; date debut eruption; data inicio sintoma; data inicio; fecha inicio sintoma; fecha inicio',
  dateOfInfection: 'date infection; infection date; data infeccao; fecha infeccion',
  burialPlaceName:
    'burial place; place burial; lieu enterrement; lieu inhumation; local enterro; lugar entierro',
  investigationStatus: 'investigation status; statut investigation; estado investigacion',
  dateInvestigationCompleted:
    'date investigation; date investigation completed; investigation date; data investigacao; fecha investigacion',
};

const RELATIONSHIP: FieldWords = {
  contactDate:
    'date last contact; date contact; last contact date; contact date; date exposure; date dernier contact; date exposition; data ultimo contato; data ultimo contacto; data contacto; fecha ultimo contacto; fecha contacto',
  dateOfFirstContact:
    'date first contact; first contact date; date premier contact; data primeiro contacto; fecha primer contacto',
  certaintyLevelId: 'certainty; certainty level; degre certitude; certitude; nivel certeza',
  exposureTypeId:
    'exposure type; type exposure; contact type; type contact; type exposition; tipo exposicao; tipo contacto; tipo exposicion',
  exposureFrequencyId:
    'exposure frequency; frequency exposure; frequence exposition; frequencia exposicao; frecuencia exposicion',
  exposureDurationId:
    'exposure duration; duration exposure; duree exposition; duracao exposicao; duracion exposicion',
  socialRelationshipDetail:
    'relationship; relationship contact; contact relationship; lien; lien parente; relacao; relacion',
};

const LAB_RESULT: FieldWords = {
  dateSampleTaken:
    'date sample; sample date; date sample taken; date sample collected; date sample collection; date specimen; date specimen collection; date specimen collected; specimen collection date; date collected; collection date; date prelevement; data colheita; data coleta; fecha toma muestra; fecha muestra',
  dateSampleDelivered:
    'date sample sent; date specimen sent; date sent; date sample delivered; date sent lab; date envoi; date envoi prelevement; date envoi echantillon; data envio; fecha envio; fecha envio muestra',
  dateTesting:
    'date test; test date; date testing; date analyse; data teste; fecha prueba; fecha analisis',
  dateOfResult:
    'date result; result date; date lab result; date test result; test result date; date lab test result; lab test result date; date resultat; data resultado; fecha resultado',
  labName:
    'laboratory; lab; lab name; laboratory name; name laboratory; nom laboratoire; laboratoire; nome laboratorio; laboratorio; nombre laboratorio',
  sampleIdentifier:
    'sample id; sample number; specimen id; specimen number; numero echantillon; numero prelevement; numero amostra; numero muestra',
  sampleType:
    'sample type; specimen type; type sample; type specimen; specimen; sample; type prelevement; type echantillon; nature prelevement; prelevement; tipo amostra; amostra; tipo muestra; muestra',
  testType:
    'test type; type test; lab test; test method; test; type analyse; tipo teste; teste; tipo prueba; prueba',
  result:
    'result; lab result; test result; laboratory result; resultat; resultat laboratoire; resultat test; resultado; resultado laboratorio; resultado teste; resultado prueba',
  quantitativeResult:
    'quantitative result; ct value; viral load; resultat quantitatif; charge virale; resultado quantitativo',
};

const split = (words: FieldWords): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(words).map(([field, all]) => [field, all.split(';').map(one => one.trim())]),
  );

/** The fields of each list of rows, with their names. */
export const FIELD_WORDS = {
  case: split(CASE),
  contact: split(PERSON),
  relationship: split(RELATIONSHIP),
  labResults: split(LAB_RESULT),
} as const;

/** The category of reference data that a field holds. */
export const CATEGORY_OF: Readonly<Record<string, string>> = {
  gender: 'GENDER',
  occupation: 'OCCUPATION',
  riskLevel: 'RISK_LEVEL',
  outcomeId: 'OUTCOME',
  pregnancyStatus: 'PREGNANCY_STATUS',
  classification: 'CASE_CLASSIFICATION',
  investigationStatus: 'INVESTIGATION_STATUS',
  certaintyLevelId: 'CERTAINTY_LEVEL',
  exposureTypeId: 'EXPOSURE_TYPE',
  exposureFrequencyId: 'EXPOSURE_FREQUENCY',
  exposureDurationId: 'EXPOSURE_DURATION',
  sampleType: 'TYPE_OF_SAMPLE',
  testType: 'TYPE_OF_LAB_TEST',
  result: 'LAB_TEST_RESULT',
};

/** How stages in which contacts are visited are named. */
export const FOLLOW_UP_STAGES = [
  'follow up',
  'followup',
  'daily follow up',
  'monitoring',
  'visit',
  'suivi',
  'suivi quotidien',
  'suivi journalier',
  'seguimento',
  'acompanhamento',
  'seguimiento',
];
