/*
 * The plan of the code base as rules: which part may import which. `npm run structure` checks them.
 * CONTRIBUTING.md draws the same plan.
 */
const packages = '^adaptors/packages/(dhis2|godata)/src';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment:
        'Files that import each other can only be read together. Put what they share into a file of its own, below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'common-is-below-all',
      comment: 'adaptors/common is built into both adaptors. It imports nothing of ours.',
      severity: 'error',
      from: { path: '^adaptors/common/' },
      to: { path: '^(adaptors/(packages|runtime)|sandbox|test|bench|jobs)/' },
    },
    {
      name: 'packages-know-common-only',
      comment:
        'An adaptor is published on its own. It knows neither the other one nor what runs it.',
      severity: 'error',
      from: { path: packages },
      to: {
        path: '^(adaptors|sandbox|test|bench|jobs)/',
        pathNot: ['^adaptors/common/', '^adaptors/packages/$1/'],
      },
    },
    {
      name: 'client-is-below-subjects',
      comment: 'Subjects and operations use the client, never the other way round.',
      severity: 'error',
      from: { path: '^adaptors/packages/[^/]+/src/client/' },
      to: { path: '^adaptors/packages/[^/]+/src/(?!client/)' },
    },
    {
      name: 'subjects-are-below-operations',
      comment:
        'The drop-in operations may use a subject. A subject knows neither them nor the list of all operations.',
      severity: 'error',
      from: { path: '^adaptors/packages/[^/]+/src/(?!client/|operations/|Adaptor|index)' },
      to: { path: '^adaptors/packages/[^/]+/src/(operations/|Adaptor|index)' },
    },
    {
      name: 'runtime-knows-no-system',
      comment:
        'The runtime runs any job. It knows what a run says and the formats between steps, and neither an adaptor nor the sandbox.',
      severity: 'error',
      from: { path: '^adaptors/runtime/' },
      to: {
        path: '^(adaptors|sandbox|test|bench|jobs)/',
        pathNot: '^adaptors/(runtime|common/src/(handover|periods|reporting))/',
      },
    },
    {
      name: 'drafting-reads-servers-only',
      comment:
        'The drafting reads metadata with the clients, writes rows, and knows the form of a draft. It runs nothing.',
      severity: 'error',
      from: { path: '^drafting/' },
      to: {
        path: '^(adaptors|sandbox|test|bench|jobs)/',
        pathNot: [
          '^adaptors/common/',
          '^adaptors/packages/[^/]+/src/(client|tracker/rules)/',
          '^adaptors/runtime/src/scaffold/draft',
        ],
      },
    },
    {
      name: 'round-trip-knows-adaptors-only',
      comment: 'It carries people through the mapping of both adaptors, and runs nothing.',
      severity: 'error',
      from: { path: '^round-trip/' },
      to: { path: '^(adaptors/runtime|drafting|sandbox|test|bench|jobs)/' },
    },
    {
      name: 'nobody-knows-the-drafting',
      comment: 'The runtime loads it when it is needed, as a program of its own.',
      severity: 'error',
      from: { path: '^(adaptors|sandbox|jobs|round-trip)/' },
      to: { path: '^(drafting|round-trip)/', pathNot: '^$1/' },
    },
    {
      name: 'sandbox-knows-periods-only',
      comment:
        'A sandbox that shares code with the adaptors shares their mistakes. Periods are held to golden tables.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: {
        path: '^(adaptors|test|bench|jobs)/',
        pathNot: '^adaptors/common/src/periods/',
      },
    },
    {
      name: 'periods-stand-alone',
      comment: 'The sandbox imports the periods. They bring nothing but their errors along.',
      severity: 'error',
      from: { path: '^adaptors/common/src/periods/' },
      to: { path: '^adaptors/', pathNot: '^adaptors/common/src/(periods/|reporting/errors)' },
    },
    {
      name: 'formats-are-data',
      comment:
        'The formats between steps are plain data. They do not know the code that uses them.',
      severity: 'error',
      from: { path: '^adaptors/common/src/handover/' },
      to: { path: '^adaptors/', pathNot: '^adaptors/common/src/(handover|identity|reporting)/' },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|types|types-cjs|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
