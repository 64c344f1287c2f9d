// Names as pprof shortens them in graphs and flame boxes (specs/pprof.md 1d): first by rules per language, then, where
// there is no room, to ever shorter suffixes. Only for display: search and copy use full names.

/** github.com/x/y/v2/pkg.(*T).Method → pkg.(*T).Method, java.util.List.add(int) → List.add, std::map::at → map::at */
export function shortenName(name: string): string {
  const plain = withoutVersion(withoutAnonymousNamespace(name));
  return goName(plain) ?? javaName(plain) ?? cppName(plain) ?? plain;
}

/** The shortened name, then each suffix after a "::" or ".". Never empty. */
export function shortNames(name: string): string[] {
  const short = shortenName(name);
  const names = [short];
  const separator = /::|\./g;
  while (separator.exec(short) !== null) {
    const rest = short.slice(separator.lastIndex);
    if (rest !== '') names.push(rest);
  }
  return names;
}

function withoutAnonymousNamespace(name: string): string {
  const prefix = '(anonymous namespace)::';
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** Drops the first path element that is a module's major version: "/v2" and up, before "." or "/". */
function withoutVersion(name: string): string {
  const version = /\/v(?:[2-9]|[1-9][0-9]+)(?=[./])/.exec(name);
  return version === null ? name : name.slice(0, version.index) + name.slice(version.index + version[0].length);
}

/**
 * Drops as many leading directories as it can while a "." with something before and after it remains. Directories are
 * letters, digits, "_", "-" and "."; undefined if nothing can be dropped.
 */
function goName(name: string): string | undefined {
  const directories = /^(?:[\w.-]+\/)+/.exec(name);
  if (directories === null) return undefined;
  const lastDot = name.lastIndexOf('.', name.length - 2);
  for (let slash = directories[0].length - 1; slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
    if (slash >= lastDot) continue;
    const dot = name.indexOf('.', slash + 1);
    if (dot > slash + 1 && dot < name.length - 1) return name.slice(slash + 1);
  }
  return undefined;
}

function javaName(name: string): string | undefined {
  return /^(?:[a-z]\w*\.)*([A-Z][\w$]*\.(?:<init>|[a-z][\w$]*))(?=\(|$)/.exec(name)?.[1];
}

function cppName(name: string): string | undefined {
  return /^(?:[A-Za-z_]\w*::)+(_*[A-Z]\w*::~?[A-Za-z_]\w*(?:<.*>)?)/.exec(name)?.[1];
}
