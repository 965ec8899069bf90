import { element } from '../../dom.js';
import { fill, type Language } from '../../language.js';
import { api, isRefusal, type Mapping, type Progress } from '../api.js';
import type { ViewTexts } from '../texts/en.js';
import { refusal } from './refusal.js';

/** Milliseconds between two looks at how far a check has come. */
const PAUSE = 400;

const pause = () => new Promise(resolve => setTimeout(resolve, PAUSE));

/**
 * The button that holds the mapping against both servers, and how far that has come.
 *
 * @param onDone called when a check has ended
 */
export function checkBar(
  { check, jobs }: Mapping,
  language: Language,
  view: ViewTexts,
  onDone: () => void,
): HTMLElement {
  if (!check) return element('p', { class: 'note', id: 'offline' }, view.offline);
  const workflows = new Set(jobs.flatMap(({ steps }) => steps.map(one => one.workflow))).size;
  const button = element('button', { type: 'button', id: 'check' }, view.check);
  const status = element('p', { role: 'status' }, sayProgress(check, workflows, language, view));
  const follow = async () => {
    button.disabled = true;
    for (;;) {
      const progress = await api.progress();
      if (isRefusal(progress)) return status.replaceChildren(refusal(progress.error, language));
      if (progress.status !== 'running') return onDone();
      status.textContent = sayProgress(progress, workflows, language, view);
      await pause();
    }
  };
  button.addEventListener('click', async () => {
    const answer = await api.startCheck();
    if (isRefusal(answer)) status.replaceChildren(refusal(answer.error, language));
    else await follow();
  });
  if (check.status === 'running') void follow();
  return element('div', { class: 'control' }, button, ' ', status);
}

function sayProgress(
  { status, begun, workflow = '', endedAt }: Progress,
  total: number,
  { number, time }: Language,
  view: ViewTexts,
): string {
  if (status === 'none') return view.notChecked;
  if (status === 'done' && endedAt) return fill(view.checked, { time: time(endedAt) });
  return fill(view.checking, { n: number(begun), total: number(total), workflow });
}
