import { configurationError } from '#common/reporting/errors.js';
import { PERSON_MODELS, type PersonModel } from '../person-models.js';
import type { Connection, PathParams } from '../session/connection.js';
import type { Draft } from '../types/index.js';
import { assignsNumbers, type ReadMask, templateOf } from './masks.js';
import { simpleSet } from './record-set.js';
import { Records } from './records.js';
import { readExternalId } from './upsert.js';
import { findByExternalId, findByVisualId, type Identified, withExternalId } from './visual-id.js';

/** Cases, contacts, contacts of contacts or events of an outbreak. */
export class PersonRecords<T extends Identified> extends Records<T> {
  private readonly kind: PersonModel;
  private readonly readMask: () => Promise<string>;

  constructor(connection: Connection, kind: PersonModel, params: PathParams, readMask: ReadMask) {
    const path = `/outbreaks/{outbreakId}/${kind}`;
    super(
      connection,
      simpleSet(path, {
        count: { path: `${path}/filtered-count`, by: 'filter' },
        listPermission: PERSON_MODELS[kind].listPermission,
      }),
      params,
    );
    this.kind = kind;
    this.readMask = () => readMask(params.outbreakId!, kind);
  }

  /**
   * As in every set. `visualId` works in every outbreak: where the mask makes the server assign its
   * own numbers, the given id is kept in a document of type EXTERNAL_ID and found there (godata
   * FACTS §5.2).
   */
  override async upsert(property: string, data: Draft<T>): Promise<T> {
    if (property !== 'visualId') return super.upsert(property, data);
    const visualId = String(readExternalId(property, data));
    const mask = await this.readMask();
    if (assignsNumbers(mask)) return this.upsertNumbered(visualId, mask, data);
    const found = await findByVisualId(this, visualId);
    return found ? this.update(found.id, withoutVisualId(data)) : this.create(data);
  }

  private async upsertNumbered(visualId: string, mask: string, data: Draft<T>): Promise<T> {
    const { person, isTaken } = await findByExternalId(this, visualId, mask);
    const { documents } = data as Identified;
    if (person) {
      const kept =
        documents && !this.isEvent ? { documents: withExternalId(documents, visualId) } : {};
      return this.update(person.id, { ...withoutVisualId(data), ...kept });
    }
    if (this.isEvent) throw notKept(mask);
    return this.create({
      ...data,
      visualId: isTaken ? templateOf(mask) : visualId,
      documents: withExternalId(documents, visualId),
    });
  }

  /** Events have no documents (FACTS §4). */
  private get isEvent(): boolean {
    return this.kind === 'events';
  }
}

/** Removes the visual id: it is unchanged, and the server could replace it by another one. */
function withoutVisualId<T extends Identified>(data: Draft<T>): Draft<T> {
  const { visualId: _visualId, ...rest } = data as Draft<Identified>;
  return rest as Draft<T>;
}

function notKept(mask: string) {
  return configurationError(
    'VISUAL_ID_NOT_KEPT',
    `Go.Data assigns the visual ids of events in this outbreak (mask ${mask}). It would not keep the given one.`,
    { fix: "Find events by id or name, or set the outbreak's mask for events to *." },
  );
}
