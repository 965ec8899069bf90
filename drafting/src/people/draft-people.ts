import type {
  Dhis2Side,
  GoDataSide,
  Program,
  ProgramStage,
  RelationshipType,
} from '../servers/model.js';
import { FOLLOW_UP_STAGES } from '../words/field-words.js';
import { commonBeginnings, plain, squeezed, wordsOf } from '../words/plain.js';
import { chooseAnswers, chooseRows } from './choose-rows.js';
import { missingIn, withoutIncomplete } from './compulsory.js';
import type { ComputedDraft } from './computed/computed.js';
import { draftComputed } from './computed/draft-computed.js';
import { findPlace, yesAndNo } from './computed/find.js';
import type { KindDraft, ListDraft, PeopleDraft, RowDraft } from './draft.js';
import { type MatchContext, matchPlace } from './match-fields.js';
import { type FieldPlace, keyOf, placesOf } from './place.js';

/** Fields whose rows are the same in every program. */
const EVERYWHERE: readonly RowDraft[] = [
  { field: 'dateOfReporting', place: { code: 'enrolledAt()' }, how: 'as every program has it' },
  {
    field: 'addresses.locationId',
    place: { code: 'orgUnit()' },
    how: 'as every program has it',
    owner: 'dhis2',
  },
];

/** Fields that `required` names if rows give them. */
const NEEDED = ['firstName', 'lastName', 'gender', 'classification'];

/** Drafts the mapping of people from what both servers have. */
export function draftPeople(
  { caseProgram, contactProgram, relationshipTypes }: Dhis2Side,
  { outbreak: { questions }, items }: GoDataSide,
): PeopleDraft | undefined {
  if (!caseProgram) return undefined;
  const contextOf = (program: Program): MatchContext => ({
    items,
    beginnings: commonBeginnings(
      placesOf(program).map(({ field }) => [field.code ?? '', ...field.texts]),
    ),
  });
  const caseContext = contextOf(caseProgram);
  const labResults = draftLabResults(caseProgram, caseContext, items);
  const ofLab = new Set([labResults?.result.id, labResults?.request?.id]);
  const ownPlaces = placesOf(caseProgram).filter(({ stage }) => !stage || !ofLab.has(stage.id));
  const caseList = draftKind('case', ownPlaces, caseContext);
  const caseAnswers = chooseAnswers(placesOf(caseProgram), questions.case, caseContext, [
    ...caseList.rows,
    ...asRows(caseList.computed),
    ...(labResults?.list.rows ?? []),
  ]);
  const cases = finish(
    caseProgram,
    [{ ...caseList, answers: caseAnswers.answers }],
    [...caseList.doubts, ...caseAnswers.doubts],
    labResults ? [labResults.list] : [],
  );
  return {
    case: cases,
    ...(contactProgram
      ? draftContacts(contactProgram, contextOf(contactProgram), questions, {
          types: relationshipTypes,
          caseType: caseProgram.trackedEntityType,
          items,
        })
      : {}),
    ...(labResults ? { labResults } : {}),
    required: NEEDED.filter(field => cases.rows.some(row => row.field === field)),
  };
}

function draftKind(list: 'case' | 'contact', places: readonly FieldPlace[], context: MatchContext) {
  const { rows, doubts } = chooseRows(
    list,
    places,
    context,
    EVERYWHERE.map(({ field }) => field),
  );
  // Contacts have no stays, and their program rarely asks for more than who they are.
  const whole = list === 'case' ? draftComputed(rows, places, context) : { rows, computed: [] };
  return { rows: [...whole.rows, ...EVERYWHERE], computed: whole.computed, doubts };
}

/** Computed rows as plain ones, for what they write. */
const asRows = (computed: readonly ComputedDraft[]): RowDraft[] =>
  computed
    .filter(({ direction }) => !direction)
    .flatMap(({ field, places, how }) => places.map(place => ({ field, place, how })));

/** Joins what belongs to a kind of people, and lists the places for which nothing was found. */
function finish(
  program: Program,
  own: readonly Omit<ListDraft, 'doubts'>[],
  doubts: KindDraft['doubts'],
  others: readonly Omit<ListDraft, 'computed'>[],
): KindDraft {
  const rows = own.flatMap(list => list.rows);
  const answers = own.flatMap(list => list.answers);
  const computed = own.flatMap(list => list.computed);
  const all = [...own, ...others];
  const used = new Set<string>([
    ...all.flatMap(list =>
      list.rows.flatMap(({ place, otherStages = [] }) =>
        'field' in place
          ? [keyOf(place), ...otherStages.map(stage => `${stage.id}.${place.field.id}`)]
          : [],
      ),
    ),
    ...all.flatMap(list => list.answers.map(({ place }) => keyOf(place))),
    ...computed.flatMap(({ places }) => places.map(keyOf)),
  ]);
  const isOpen = (place: FieldPlace) => !used.has(keyOf(place));
  const open = doubts.filter(({ place }) => isOpen(place));
  const doubted = new Set(
    [...open, ...others.flatMap(list => list.doubts)].map(({ place }) => keyOf(place)),
  );
  return {
    ...withoutIncomplete({ rows, answers, computed }, program.stages),
    program,
    doubts: open,
    unmatched: placesOf(program).filter(place => isOpen(place) && !doubted.has(keyOf(place))),
  };
}

/** The stage of lab results is the one that has a result; a stage with other fields of samples is that of requests. */
function draftLabResults(
  program: Program,
  context: MatchContext,
  items: GoDataSide['items'],
): PeopleDraft['labResults'] {
  const matchesOf = (stage: ProgramStage) =>
    stage.elements
      .flatMap(field => matchPlace('labResults', { field, stage }, context))
      .filter(({ doubt }) => !doubt);
  const result = program.stages.find(stage => matchesOf(stage).some(one => one.field === 'result'));
  if (!result) return undefined;
  const request = program.stages.find(stage => stage !== result && matchesOf(stage).length >= 2);
  const places = [result, ...(request ? [request] : [])].flatMap(stage =>
    stage.elements.map(field => ({ field, stage })),
  );
  const list = chooseRows('labResults', places, context);
  const statuses = items.get('LAB_TEST_RESULT_STATUS')?.map(({ value }) => value) ?? [];
  const hasStatus = ['COMPLETED', 'IN_PROGRESS'].every(status => statuses.includes(status));
  const status: ComputedDraft = {
    kind: 'lab-status',
    field: 'status',
    places: [],
    how: 'completed once there is a result',
    direction: 'to-godata',
  };
  const isGiven = list.rows.some(({ field }) => field === 'result');
  const computed = hasStatus && isGiven ? [status] : [];
  const whole = { ...list, answers: [], computed };
  const missing = [result, ...(request ? [request] : [])].flatMap(stage => missingIn(stage, whole));
  return { result, ...(request ? { request } : {}), list: whole, missing };
}

function draftContacts(
  program: Program,
  context: MatchContext,
  questions: GoDataSide['outbreak']['questions'],
  {
    types,
    caseType,
    items,
  }: { types: readonly RelationshipType[]; caseType: string } & Pick<GoDataSide, 'items'>,
): Pick<PeopleDraft, 'contact' | 'relationship' | 'followUps'> {
  const followUp = findFollowUps(program);
  const all = placesOf(program);
  const once = all.filter(({ stage }) => !stage?.isRepeatable);
  const own = draftKind('contact', once, context);
  const exposure = chooseExposures(
    all.filter(({ stage }) => stage),
    context,
  );
  const ofFollowUps = followUp
    ? chooseAnswers(
        all.filter(({ stage }) => stage === followUp),
        questions.followUp,
        context,
        [],
        true,
      )
    : { answers: [], doubts: [] };
  const visits = followUp ? draftVisits(followUp, context) : [];
  const listOfVisits = { rows: [], ...ofFollowUps, computed: visits };
  const written = [...own.rows, ...ofFollowUps.answers.map(asRow), ...asRows(visits)];
  const onceAnswers = chooseAnswers(once, questions.contact, context, written);
  const laterAnswers = chooseAnswers(
    all.filter(({ stage }) => stage?.isRepeatable),
    questions.contact.filter(
      ({ variable }) => !onceAnswers.answers.some(one => one.variable === variable),
    ),
    context,
    written,
  );
  const answers = [...onceAnswers.answers, ...laterAnswers.answers];
  const type = chooseType(types, caseType, program.trackedEntityType);
  const certainty = items.get('CERTAINTY_LEVEL')?.find(({ value }) => /MEDIUM/.test(value))?.value;
  const doubts = [
    ...own.doubts,
    ...onceAnswers.doubts,
    ...laterAnswers.doubts,
    ...ofFollowUps.doubts,
  ];
  return {
    contact: finish(program, [{ rows: own.rows, answers, computed: own.computed }], doubts, [
      { ...exposure, answers: [] },
      {
        rows: asRows(visits),
        ...ofFollowUps,
      },
    ]),
    ...(type
      ? {
          relationship: {
            type,
            list: { ...exposure, answers: [], computed: [] },
            ...(certainty ? { certainty } : {}),
          },
        }
      : {}),
    ...(followUp && visits.length + ofFollowUps.answers.length > 0
      ? {
          followUps: {
            stage: followUp,
            list: { ...listOfVisits, doubts: [] },
            missing: missingIn(followUp, listOfVisits),
          },
        }
      : {}),
  };
}

/** Whether the contact was met, as a yes or no of each visit: one row, or none. */
function draftVisits(stage: ProgramStage, context: MatchContext): ComputedDraft[] {
  const places = stage.elements.map(field => ({ field, stage }));
  const visited = findPlace('visited', places, context, one => yesAndNo(one) !== undefined);
  if (!visited || visited.field.isAssigned) return [];
  return [
    {
      kind: 'visit',
      field: 'statusId',
      places: [visited],
      ...yesAndNo(visited)!,
      how: 'by name',
    },
  ];
}

const asRow = ({ variable, place, how }: ListDraft['answers'][number]): RowDraft => ({
  field: `questionnaireAnswers.${variable}`,
  place,
  how,
});

/** Exposures go to Go.Data only. Of several days of contact, the first that is there counts: the last contact, if the program asks for it. */
function chooseExposures(places: readonly FieldPlace[], context: MatchContext) {
  const { rows, doubts } = chooseRows('relationship', places, context, ['contactDate']);
  const days = places
    .flatMap(place => matchPlace('relationship', place, context))
    .filter(({ field, doubt }) => field === 'contactDate' && !doubt)
    .sort((a, b) => Number(isLast(b.place)) - Number(isLast(a.place)))
    .map(({ field, place, how }): RowDraft => ({ field, place, how }));
  const isDay = (id: string) => days.some(({ place }) => 'field' in place && place.field.id === id);
  return {
    rows: [...rows, ...days].map((row): RowDraft => ({ ...row, direction: 'to-godata' })),
    doubts: doubts.filter(({ place }) => !isDay(place.field.id)),
  };
}

const isLast = ({ field }: FieldPlace) =>
  field.texts.some(text => /\b(last|dernier|ultimo)\b/.test(plain(text)));

function findFollowUps({ stages }: Program): ProgramStage | undefined {
  const repeatable = stages.filter(stage => stage.isRepeatable);
  const isNamed = ({ texts }: ProgramStage) =>
    texts.some(text =>
      FOLLOW_UP_STAGES.some(
        phrase =>
          squeezed(phrase) === squeezed(text) ||
          wordsOf(phrase).every(word => wordsOf(text).includes(word)),
      ),
    );
  return repeatable.find(isNamed) ?? (repeatable.length === 1 ? repeatable[0] : undefined);
}

/** The relationship type between the types of both programs; of several, the one that is named so. */
function chooseType(
  types: readonly RelationshipType[],
  caseType: string,
  contactType: string,
): RelationshipType | undefined {
  const fits = (type: string | undefined, one: string, other: string) =>
    type === undefined || type === one || type === other;
  const fitting = types.filter(
    ({ fromType, toType }) =>
      fits(fromType, caseType, contactType) && fits(toType, caseType, contactType),
  );
  if (fitting.length === 1) return fitting[0];
  const named = fitting.filter(({ texts }) => texts.some(text => /contact/i.test(text)));
  return named.length === 1 ? named[0] : undefined;
}
