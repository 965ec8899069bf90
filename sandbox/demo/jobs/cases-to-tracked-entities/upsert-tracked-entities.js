// @ts-check
// How people become tracked entities; written is only what differs.

upsertTrackedEntities({
  // true: what somebody deleted in DHIS2 is created again. false: it is reported, and stays deleted.
  recreate: false,
  // true: DHIS2 imports in the background, and is waited for: for slow servers.
  async: false,
});
