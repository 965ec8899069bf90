import { measure, withServers } from '../measure/process.js';
import { runCommand, runDrained } from '../measure/run.js';

const TODAY = '2026-07-01';
const PEOPLE = 500;
/** Milliseconds that a real DHIS2 needs for each person who has relationships. */
const COST_MS = 15;

/** What the way to the servers costs: its delay, its bandwidth, and requests that a server answers slowly. */
export async function measureRows() {
  return [
    ...(await overSlowLink()),
    ...(await overLongLink()),
    ...(await withDearRelationships()),
    ...(await intoOneWorker()),
  ];
}

/** 20,000 cases become data values, at 50 ms and 2 Mbit/s. */
function overSlowLink() {
  const args = ['bench/programs/case-servers.js', '20000', '50', '2000000'];
  return withServers(args, async ({ outbreakId, credentials }) => {
    const state = { outbreakId, today: TODAY };
    const beside = await pager({ outbreakId, credentials });
    const { seconds } = await runCommand('cases-to-data-values', credentials, state);
    const work = 'cases-to-data-values, 20000 cases, 50 ms and 2 Mbit/s';
    return [{ work, figure: 's', value: seconds, beside, target: 20 }];
  });
}

/** 100,000 cases are read, at 300 ms there and back. */
function overLongLink() {
  const args = ['bench/programs/case-servers.js', '100000', '300', '100000000'];
  return withServers(args, async ({ outbreakId, credentials }, ask) => {
    const beside = await pager({ outbreakId, credentials });
    const before = sum((await ask('count')).goData);
    const state = { outbreakId, today: TODAY };
    const { stepSeconds } = await runDrained('cases-to-data-values', credentials, state);
    const requests = sum((await ask('count')).goData) - before;
    const work = 'step fetch-cases, 100000 cases, 300 ms';
    return [
      { work, figure: 's', value: stepSeconds['fetch-cases'], beside, target: 12 },
      { work, figure: 'requests to Go.Data', value: requests, target: 25 },
    ];
  });
}

/** Plain Node that reads the same cases over the same link, 5,000 in one request. */
async function pager(/** @type {object} */ target) {
  const { seconds } = await measure(['bench/programs/pager.js', JSON.stringify(target)]);
  return { name: 'plain Node pager', value: seconds };
}

/** People in both directions, where DHIS2 needs as long for relationships as a real one. */
async function withDearRelationships() {
  const plain = await firstRun(0);
  const dear = await firstRun(COST_MS);
  const work = `two-way, ${PEOPLE} people, ${COST_MS} ms for relationships`;
  return [
    {
      work,
      figure: 's',
      value: dear.seconds,
      beside: { name: 'relationships at no cost', value: plain.seconds },
    },
    { work, figure: 'ids asked with relationships, each', value: dear.ids, target: 0.6 },
    { work, figure: 'requests in flight, Go.Data', value: dear.inFlight, target: 4 },
  ];
}

/** People into a Go.Data that works as long as a real one, on one request after the other. */
function intoOneWorker() {
  const args = ['bench/programs/people-servers.js', String(PEOPLE), '0', 'one-worker'];
  return withServers(args, async ({ credentials }, ask) => {
    const { seconds } = await runCommand('tracked-entities-to-cases', credentials, {});
    const { goData } = await ask('count');
    const { request, read, ...writing } = goData.work;
    const work = `tracked-entities-to-cases, ${PEOPLE} people, Go.Data of one worker`;
    const beside = { name: 'its own work on what is written', value: sum(writing) / 1000 };
    return [
      { work, figure: 's', value: seconds, beside, target: 20 },
      { work, figure: 'requests to Go.Data', value: sum(goData.routes) },
    ];
  });
}

function firstRun(/** @type {number} */ cost) {
  const args = ['bench/programs/people-servers.js', String(PEOPLE), String(cost)];
  return withServers(args, async ({ credentials }, ask) => {
    const key = { memoryKey: 'a key that only the bench needs' };
    const both = {
      godata: { ...credentials.godata, ...key },
      dhis2: { ...credentials.dhis2, ...key },
    };
    const { seconds } = await runDrained('two-way', both, {});
    const { goData, relationshipIds } = await ask('count');
    return { seconds, ids: relationshipIds / PEOPLE, inFlight: goData.mostInFlight };
  });
}

function sum(/** @type {Record<string, number>} */ counts) {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
