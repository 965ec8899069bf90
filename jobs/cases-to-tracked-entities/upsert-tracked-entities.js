// @ts-check
// How people become tracked entities; written is only what differs.

upsertTrackedEntities({
  // true: what somebody has deleted in DHIS2 is made anew. false: it is reported, and left.
  recreate: false,
  // true: DHIS2 imports in the background, and is waited for: for slow servers.
  async: false,
});
