import { badOption, refuseUnknownKeys, resolve } from '#common/operations/options.js';
import { isPeriodType, PERIOD_TYPES, type PeriodType } from '#common/periods/index.js';
import type { State } from '#common/reporting/report.js';
import { readOutbreakChoice } from '../client/find-outbreak.js';
import type { Where } from '../client/query/filter.js';
import type { Dimension } from './dimension.js';
import type { FoldOptions } from './fold.js';
import { guardFields } from './guard-fields.js';
import type { Locator } from './locate.js';
import { TALLY_MODELS, type TallyModel, traitsOf } from './models.js';
import { pageSizeFor } from './page-size.js';
import { type TallyWindow, windowDays } from './window.js';

/** A value, or a function of the state that returns it. */
export type Resolvable<T> = T | ((state: State) => T);

/** The options of `tally`. */
export interface TallyOptions {
  /** The outbreak, by id or by its exact name. */
  outbreak: Resolvable<{ id: string } | { name: string }>;
  /**
   * Property with the date by which a record is counted. Default `dateOfReporting`; of a follow-up
   * `date`, of a lab result `dateSampleTaken`.
   */
  dateField?: string;
  /** DHIS2 period type, such as `Weekly`. */
  periodType: string;
  /** Default `all`. */
  window?: Resolvable<TallyWindow>;
  /** A Go.Data filter that the records must match. */
  where?: Resolvable<Where>;
  /**
   * Where a record is counted. Default: the usual place of residence of the person, or the address
   * of an event.
   */
  location?: Locator;
  /** The dimensions, by name. */
  dimensions?: Record<string, Dimension>;
  /** Records in one request. Default 5,000, or 1,000 if properties that may be long are read. */
  pageSize?: number;
}

/** The options, checked and with defaults. */
export interface ResolvedTally extends FoldOptions {
  model: TallyModel;
  outbreak: { id: string } | { name: string };
  where: Where | undefined;
  /** Properties that are read. */
  fields: string[];
  pageSize: number;
}

const KEYS = [
  'outbreak',
  'dateField',
  'periodType',
  'window',
  'where',
  'location',
  'dimensions',
  'pageSize',
];

/**
 * Checks the options of a tally and adds the defaults.
 *
 * @param today the day of the run, `yyyy-MM-dd`
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function resolveTally(
  model: string,
  options: TallyOptions,
  state: State,
  today: string,
): ResolvedTally {
  if (!TALLY_MODELS.includes(model)) {
    throw badOption(
      'tally',
      `"${model}" cannot be counted`,
      `Use one of: ${TALLY_MODELS.join(', ')}.`,
    );
  }
  refuseUnknownKeys('tally options', options, KEYS);
  const periodType = readPeriodType(options.periodType);
  const dateField = readDateField(model as TallyModel, options.dateField);
  const locator = readLocator(model as TallyModel, options.location);
  const dimensions = readDimensions(options.dimensions ?? {});
  const fields = [
    dateField,
    ...locator.fields,
    ...Object.values(dimensions).flatMap(dimension => dimension.fields),
  ];
  const { pageSize = pageSizeFor(fields) } = options;
  if (!Number.isInteger(pageSize) || pageSize < 1)
    throw badOption('pageSize', 'must be a whole number above 0');
  return {
    model: model as TallyModel,
    outbreak: readOutbreakChoice(resolve(options.outbreak, state)),
    dateField,
    periodType,
    days: windowDays(resolve(options.window ?? 'all', state), periodType, today),
    today,
    where: resolve(options.where, state),
    locator,
    dimensions,
    fields,
    pageSize,
  };
}

function readPeriodType(name: unknown): PeriodType {
  if (typeof name === 'string' && isPeriodType(name)) return name;
  throw badOption(
    'periodType',
    `"${String(name)}" is not a DHIS2 period type`,
    `Use one of: ${PERIOD_TYPES.join(', ')}.`,
  );
}

/** A property that no record has would leave out all records and set every value to zero. */
function readDateField(model: TallyModel, given: string | undefined): string {
  const { dateFields } = traitsOf(model);
  const field = given ?? dateFields[0]!;
  if (dateFields.includes(field)) return field;
  throw badOption(
    'dateField',
    `"${field}" is not a date of ${model}`,
    `Use one of: ${dateFields.join(', ')}.`,
  );
}

function readLocator(model: TallyModel, given: Locator | undefined): Locator {
  if (given === undefined) return traitsOf(model).locator;
  return guardFields('location', readDimension('location', given));
}

function readDimensions(dimensions: Record<string, Dimension>): Record<string, Dimension> {
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, dimension]) => {
      const path = `dimensions.${name}`;
      const { codes, doubt } = readDimension(path, dimension);
      const rest = { ...(codes && { codes: readCodes(path, codes) }), ...(doubt && { doubt }) };
      return [name, { ...guardFields(path, dimension), ...rest }];
    }),
  );
}

function readCodes(path: string, codes: unknown): readonly string[] {
  if (Array.isArray(codes) && codes.every(code => typeof code === 'string')) return codes;
  throw badOption(`${path}.codes`, 'must be a list of texts', "For example ['YES', 'NO'].");
}

function readDimension<T extends Dimension | Locator>(path: string, given: T): T {
  if (typeof given?.code === 'function' && Array.isArray(given.fields)) return given;
  throw badOption(
    path,
    'must have fields (the properties to read) and code (a function of a record)',
    "For example { fields: ['riskLevel'], code: person => person.riskLevel }.",
  );
}
