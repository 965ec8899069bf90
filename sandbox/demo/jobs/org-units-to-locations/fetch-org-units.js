// @ts-check
// Which part of DHIS2's org unit tree becomes locations.

// Ids or codes of the org units to begin at; an empty list takes the whole tree.
// The run's input `roots` overrides it.
const roots = [];

// The lowest level to take: 1 is the top of DHIS2's tree, 5 often the facilities; undefined takes all.
const level = undefined;

fetchOrgUnits({ roots: state => state.roots ?? roots, level });
