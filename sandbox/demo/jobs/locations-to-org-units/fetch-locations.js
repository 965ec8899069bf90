// @ts-check
// Which part of Go.Data's location tree becomes org units.

// Ids, or codes of identifiers, of the locations to begin at; an empty list takes the whole tree.
// The run's input `roots` overrides it.
const roots = [];

// The lowest level to take: 0 is the top of Go.Data's tree; undefined takes all.
const level = undefined;

fetchLocations({ roots: state => state.roots ?? roots, level });
