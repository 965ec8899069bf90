import type { Dhis2Seed } from '../dhis2/index.js';
import { uidOf } from '../outbreak/index.js';
import { ID_OF, PROGRAMS } from './package-ids.js';

type RuleMetadata = Required<
  Pick<Dhis2Seed, 'programRules' | 'programRuleActions' | 'programRuleVariables'>
>;

interface Rule {
  name: string;
  condition: string;
  type: 'ASSIGN' | 'SHOWERROR' | 'SHOWWARNING';
  /** The attribute or data element, by its code. */
  field: string;
  isElement?: true;
  data?: string;
  content?: string;
}

/** The fields that rules read, by the names of their variables. */
const ATTRIBUTES = { birth_date: 'PATINFO_AGEONSETUNIT', age: 'PATINFO_AGEONSET' } as const;
const ELEMENTS = { onset: 'PATCOURSE_DATEONSET' } as const;

/** An age that comes from a date of birth, as WHO's packages have it (dhis2 LIVE), and its bounds. */
const OF_BOTH: readonly Rule[] = [
  {
    name: 'Calculate the age from the date of birth',
    condition: 'd2:hasValue(A{birth_date})',
    type: 'ASSIGN',
    field: 'PATINFO_AGEONSET',
    data: 'd2:yearsBetween(A{birth_date}, V{current_date})',
  },
  {
    name: 'Age above the limit',
    condition: 'A{age} > 130',
    type: 'SHOWERROR',
    field: 'PATINFO_AGEONSET',
    content: 'The age is above 130 years',
  },
  {
    name: 'Unusual age',
    condition: 'A{age} > 100 && A{age} <= 130',
    type: 'SHOWWARNING',
    field: 'PATINFO_AGEONSET',
    content: 'The age is above 100 years',
  },
];

/** The day on which a case counts: that of onset, or else of enrollment. */
const OF_CASES: readonly Rule[] = [
  {
    name: 'Use the day of onset',
    condition: "d2:validatePattern(#{onset}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')",
    type: 'ASSIGN',
    field: 'CASE_DATE',
    isElement: true,
    data: '#{onset}',
  },
  {
    name: 'Use the day of enrollment without an onset',
    condition: '!d2:hasValue(#{onset})',
    type: 'ASSIGN',
    field: 'CASE_DATE',
    isElement: true,
    data: 'V{enrollment_date}',
  },
];

/** The program rules of both programs: the same kinds as in WHO's packages, in our own words. */
export function createRules(): RuleMetadata {
  const rules: RuleMetadata = {
    programRules: [],
    programRuleActions: [],
    programRuleVariables: [],
  };
  for (const [name, { id: program }] of Object.entries(PROGRAMS)) {
    const own = name === 'cases' ? [...OF_BOTH, ...OF_CASES] : OF_BOTH;
    const fields = [
      ...Object.entries(ATTRIBUTES).map(one => [...one, 'trackedEntityAttribute'] as const),
      ...(name === 'cases' ? Object.entries(ELEMENTS) : []).map(
        one => [...one, 'dataElement'] as const,
      ),
    ];
    for (const [variable, code, kind] of fields) {
      rules.programRuleVariables.push({
        id: uidOf(`rule variable ${name} ${variable}`),
        name: variable,
        program: { id: program },
        programRuleVariableSourceType:
          kind === 'dataElement' ? 'DATAELEMENT_CURRENT_EVENT' : 'TEI_ATTRIBUTE',
        useCodeForOptionSet: true,
        [kind]: { id: ID_OF[code]! },
      });
    }
    own.forEach((rule, index) => {
      const id = uidOf(`rule ${name} ${rule.name}`);
      const action = uidOf(`rule action ${name} ${rule.name}`);
      rules.programRules.push({
        id,
        name: rule.name,
        program: { id: program },
        condition: rule.condition,
        priority: index + 1,
        programRuleActions: [{ id: action }],
      });
      rules.programRuleActions.push({
        id: action,
        programRule: { id },
        programRuleActionType: rule.type,
        [rule.isElement ? 'dataElement' : 'trackedEntityAttribute']: { id: ID_OF[rule.field]! },
        ...(rule.data === undefined ? {} : { data: rule.data }),
        ...(rule.content === undefined ? {} : { content: rule.content }),
      });
    });
  }
  return rules;
}
