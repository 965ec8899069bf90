const WITH = '--credentials state/credentials.json';
const run = (workflow: string, ...rest: string[]) =>
  ['npx godata-dhis2 run', workflow, WITH, ...rest].join(' ');
const drain = (workflow: string, file: string) => [
  run(workflow, '--drain', `--output state/${file}`),
  run(workflow, '--drain', `--state state/${file}`, `--output state/${file}`),
];

/*
 * What a user types, as the pages have it, in the order in which one after the other makes sense.
 * Each must end with status 0.
 */

/** In a checkout of this project, with the sandbox's own programs, data set and outbreak. */
export const SHIPPED: readonly string[] = [
  'npx godata-dhis2 run --help',
  'npx godata-dhis2 check',
  run('org-units-to-locations', '--dry-run'),
  run('org-units-to-locations'),
  run('org-units-to-locations', '--drain'),
  run('options-to-reference-data', '--dry-run'),
  run('options-to-reference-data'),
  `npx godata-dhis2 check --online ${WITH}`,
  run('cases-to-data-values', '--dry-run'),
  run('cases-to-data-values'),
  run('cases-to-data-values', '--state state/out.json --output state/out.json --drain'),
  run('tracked-entities-to-cases', '--dry-run'),
  ...drain('tracked-entities-to-cases', 'people.json'),
  run('cases-to-tracked-entities', '--dry-run'),
  run('cases-to-tracked-entities', '--dry-run --cache-steps'),
  run('cases-to-tracked-entities', '--dry-run --start map-tracked-entities'),
  run('cases-to-tracked-entities', '--end map-tracked-entities --output state/mapped.json'),
  ...drain('cases-to-tracked-entities', 'people-back.json'),
  run('two-way', '--dry-run'),
  ...drain('two-way', 'two-way.json'),
  run('locations-to-org-units', '--dry-run'),
  run('locations-to-org-units', '--drain'),
  'npx godata-dhis2 runs',
  'npx godata-dhis2 runs show last',
  `npx godata-dhis2 undo last ${WITH} --dry-run`,
  `npx godata-dhis2 undo last ${WITH} --yes`,
  'npx godata-dhis2 convert-org-units org-units.json locations.json',
  'npx godata-dhis2 export',
  'npx godata-dhis2 export --spec 4',
  'npx godata-dhis2 bundle',
  'npx godata-dhis2 bundle --only org-units-to-locations',
  'npx godata-dhis2 export --spec 4 -p dist/lightning',
  'npx godata-dhis2 pull project.yaml',
  'npx godata-dhis2 new-workflow contacts-to-data-values',
  'npx godata-dhis2 new-workflow follow-ups-to-data-values --from follow-ups',
  'npx godata-dhis2 new-workflow ebola-to-cases --from tracked-entities-to-cases',
];

/** The same in a project of one's own, with a country's metadata; the folder is made by the first. */
export const COUNTRY: readonly string[] = [
  `npx godata-dhis2 init ../rougeole ${WITH} --outbreak 'Rougeole 2026' --case-program ROUGEOLE_CAS --contact-program ROUGEOLE_CONTACTS --data-set ROUGEOLE_MENSUEL`,
  'cd ../rougeole',
  'cp ../credentials.json state/credentials.json',
  'npx godata-dhis2 check',
  run('org-units-to-locations'),
  run('tracked-entities-to-cases', '--dry-run'),
  run('tracked-entities-to-cases'),
  `npx godata-dhis2 check --online ${WITH}`,
];

/** Commands that no test of the pages runs, and why not. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci': 'the tests run in a folder where it has been run',
  'npm install': 'it needs a registry; test/runtime/scaffold/packed.test.ts installs the package',
  'npm install ./godata-dhis2-0.1.0.tgz': 'test/runtime/scaffold/packed.test.ts does the same',
  'npm install ../godata-dhis2-0.2.0.tgz': 'a version that does not exist yet',
  'npm pack': 'test/runtime/scaffold/packed.test.ts runs it',
  'npm start': 'test/demo/demo.test.ts runs it, with fewer cases',
  'npm start -- --help': 'test/demo/demo.test.ts runs it',
  'npm start -- options-to-reference-data': 'test/demo/demo.test.ts runs it',
  'npm start -- org-units-to-locations': 'test/demo/demo.test.ts runs it',
  'npm start -- tracked-entities-to-cases': 'test/demo/demo.test.ts runs it, with fewer people',
  'npm start -- two-way': 'test/demo/demo.test.ts runs it, with fewer people',
  'npm install --global @openfn/cli': 'OpenFn’s command changes the machine',
  'cd dist/workspace && OPENFN_REPO_DIR="$PWD/repo" openfn cases-to-data-values -o state.json':
    'OpenFn’s command; test/runtime/workspace/export-cli.test.ts runs its engine there',
  'openfn deploy': 'OpenFn’s command, with a platform',
  'openfn project deploy -w WORKFLOW': 'OpenFn’s command, with a platform',
  'openfn compile': 'OpenFn’s command',
  'npx godata-dhis2 sandbox': 'runs until Ctrl-C; test/sandbox/server starts it',
  'npx godata-dhis2 sandbox --dhis2-metadata program.json --dhis2-metadata data-set.json --dhis2-metadata metadata.json --godata-template outbreak.json --godata-reference-data reference-data.json --godata-labels labels.json --people 200':
    'runs until Ctrl-C; the scene of a country starts it as a library with these files',
  'npx godata-dhis2 run org-units-to-locations --credentials state/.local/demo/outbreak/credentials.json':
    'npm start runs it',
  'npx godata-dhis2 run cases-to-data-values --credentials state/.local/demo/outbreak/credentials.json --output state/.local/demo/outbreak/cases-to-data-values-state.json':
    'npm start runs it',
  'npx godata-dhis2 undo 2026-11-29T14-13 --credentials state/credentials.json':
    'the time of a run; the scenes take back the last one',
  'npx godata-dhis2 view': 'runs until Ctrl-C; test/runtime/view starts it',
  'npx godata-dhis2 view --credentials state/credentials.json':
    'runs until Ctrl-C; test/runtime/view starts it',
  'npx godata-dhis2 view --port 8080 --no-open': 'runs until Ctrl-C; test/runtime/view starts it',
  'npx godata-dhis2 runs open': 'opens a browser; test/runtime/cli/runs has its --json',
  'cp state/credentials.example.json state/credentials.json':
    'the scenes write the credentials of the sandbox instead',
  'npx godata-dhis2 init ../my-country --credentials state/credentials.json':
    'the scene of a country runs it with choices, which it would ask for',
  'npx godata-dhis2 bundle --for outbreaks.csv --only two-way':
    'needs the list; test/runtime/bundle/list-command.test.ts runs it',
  'npx godata-dhis2 export --for outbreaks.csv': 'the same',
  'npm run contracts': 'a minute; test/contracts compares the same answers',
  'npm run contracts -- --version 2.43.1 --url http://localhost:8080 --user admin --password district':
    'needs an empty server; test/contracts runs it against a sandbox',
  'npm run contracts -- --version 2.43.1 --url https://dhis2.example.org --reads --user NAME --password TEXT':
    'needs a server in use; test/contracts runs it against a sandbox',
  'npm run contracts -- --version 2.43.1 --url http://127.0.0.1:8099 --reads':
    'test/contracts runs it against a sandbox',
  'npm run bench': 'minutes',
  'npm run bench -- start people': 'minutes',
  'npm run bench -- --check': 'minutes',
  'npx godata-dhis2 run NAME --credentials state/credentials.json --dry-run':
    'a template: NAME is the new workflow; test/runtime/scaffold has its checks',
  'npx godata-dhis2 run NAME --credentials state/credentials.json': 'the same',
  'node test/upstream/run.js': 'needs a clone of OpenFn’s adaptors and a registry',
  'node test/upstream/run.js CLONE': 'needs a clone of OpenFn’s adaptors and a registry',
  'openssl rand -base64 32': 'another program',
  'git clone --depth 1 https://github.com/OpenFn/adaptors /tmp/openfn-adaptors':
    'it needs the network',
  'npm run adaptors:scope -- @ministry': 'test/upstream/scope.test.ts runs it on a copy',
  'npm run build': 'the tests begin with it',
  'node test/upstream/run.js /tmp/openfn-adaptors': 'it needs the network and a registry',
  'npx godata-dhis2 run cases-to-data-values --credentials fd:3 3< <(pass show godata-dhis2)':
    'needs a program that keeps secrets; test/runtime/cli/run/unwatched.test.ts reads a descriptor',
  'node -e 0': 'does nothing, on purpose',
};

/** Blocks without a command or a language: what they are. Each is named by its first words. */
export const PICTURES: Readonly<Record<string, string>> = {
  'Go.Data                                            DHIS2': 'a diagram',
  'project.yaml                        the graph': 'a diagram',
  'fetch-cases (Go.Data)  →': 'a diagram',
  'fetch-people (Go.Data)  →': 'a diagram',
  'fetch-locations (Go.Data)  →': 'a diagram',
  'fetch-options (DHIS2)  →': 'a diagram',
  'fetch-org-units (DHIS2)  →': 'a diagram',
  'fetch-tracked-entities (DHIS2)  →': 'a diagram',
  'fetch (Go.Data)  →  map': 'a diagram',
  'Would make 6 changes:': 'the plan of a dry run; test/workflows/org-units has such plans',
  '/api/organisationUnits?paging=false': 'an address of DHIS2',
  '8,455 org units read': 'what a conversion prints; test/runtime/cli/convert-org-units.test.ts',
  '151 of 579 cases (26 %)': 'a line of coverage; test/common has its form',
  'BAD_MAPPING: The mapping of people': 'an error; test/common/people-mapping has its form',
  'Go.Data 2.50.3: http://127.0.0.1:40123': 'what the sandbox prints; test/sandbox/server',
  'report: upsert-tracked-entities': 'lines of a log; test/common/on-rejected.test.ts',
  'The programs have more than': 'what check prints; test/drafting/own-program.test.ts',
};
