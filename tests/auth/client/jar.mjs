// A browser's cookie jar, as small as it can be: Node's fetch keeps none.
export function newBrowser(baseURL) {
  const jar = new Map();
  const browserFetch = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("origin", new URL(baseURL).origin);
    if (jar.size) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return { jar, browserFetch };
}
